"""Writing to the one log of deeds and reads."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from .metrics.counting import DEEDS, count_deed
from .models import Event
from .wareki import TOKYO


def record(
    verb: str,
    subject: Model,
    *,
    at: dt.datetime,
    by_id: int | None,
    facility_id: int | None = None,
    municipality_id: int | None = None,
    **data: str | int | bool | list[str] | None,
) -> Event:
    """Append one event about `subject`. `data` holds ids and codes only; scope ids are the row's own.

    `facility_id` is for a subject that carries none: a facility itself, or what one of its staff looked at.
    `municipality_id`: whose centre did it, of a facility's row that may belong to none.
    """
    event = _event(verb, subject, at, by_id, facility_id, data)
    event.municipality_id = municipality_id or event.municipality_id
    event.save()
    if settings.METRICS_FOLDER and verb in DEEDS:
        transaction.on_commit(partial(count_deed, verb), robust=True)
    return event


def record_reads(
    verb: str, subjects: Iterable[Model], *, at: dt.datetime, by_id: int, facility_id: int | None = None
) -> None:
    """Append one event about each of `subjects` that this person has not read yet on that day.

    Whoever looks at a page all day long, or loads it again, is noted once. Two statements, however many there are.
    """
    rows = {(row._meta.model_name, row.pk): row for row in subjects}
    if not rows:
        return
    morning = dt.datetime.combine(at.astimezone(TOKYO), dt.time(), TOKYO)
    today = Event.objects.filter(
        actor_id=by_id, at__gte=morning, verb=verb, subject_id__in={row.pk for row in rows.values()}
    )
    seen = set(today.values_list("subject_kind", "subject_id"))
    unread = (row for key, row in rows.items() if key not in seen)
    Event.objects.bulk_create(_event(verb, row, at, by_id, facility_id, {}) for row in unread)


def _event(
    verb: str, subject: Model, at: dt.datetime, by_id: int | None, facility_id: int | None, data: dict[str, Any]
) -> Event:
    return Event(
        at=at,
        verb=verb,
        actor_id=by_id,
        municipality_id=getattr(subject, "municipality_id", None),
        facility_id=facility_id or getattr(subject, "facility_id", None),
        citizen_id=getattr(subject, "citizen_id", None),
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        data=data,
    )
