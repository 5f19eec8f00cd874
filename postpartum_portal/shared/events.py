"""Writing to the one log of deeds and reads."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from .models import Event


def record(
    verb: str,
    subject: Model,
    *,
    at: dt.datetime,
    by_id: int | None,
    facility_id: int | None = None,
    **data: str | int | bool | list[str] | None,
) -> Event:
    """Append one event about `subject`. `data` holds ids and codes only; scope ids are the row's own.

    `facility_id` is for a subject that is a facility and so carries none.
    """
    event = _event(verb, subject, at, by_id, data)
    event.facility_id = facility_id or event.facility_id
    event.save()
    return event


def record_each(verb: str, subjects: Iterable[Model], *, at: dt.datetime, by_id: int | None) -> None:
    """Append one event about each of `subjects`, in one statement."""
    Event.objects.bulk_create(_event(verb, subject, at, by_id, {}) for subject in subjects)


def _event(verb: str, subject: Model, at: dt.datetime, by_id: int | None, data: dict[str, Any]) -> Event:
    return Event(
        at=at,
        verb=verb,
        actor_id=by_id,
        municipality_id=getattr(subject, "municipality_id", None),
        facility_id=getattr(subject, "facility_id", None),
        citizen_id=getattr(subject, "citizen_id", None),
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        data=data,
    )
