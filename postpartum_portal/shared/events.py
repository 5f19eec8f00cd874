"""Writing to the one log of deeds and reads."""

import datetime as dt
from typing import Any

from django.db.models import Model

from .models import Event


def record(
    verb: str,
    subject: Model,
    *,
    at: dt.datetime,
    by_id: int | None,
    municipality_id: int | None = None,
    facility_id: int | None = None,
    citizen_id: int | None = None,
    **data: str | int | bool | list[str] | None,
) -> Event:
    """Append one event about `subject`. `data` holds ids and codes only; scope ids default to the row's own."""
    own: Any = subject
    return Event.objects.create(
        at=at,
        verb=verb,
        actor_id=by_id,
        municipality_id=municipality_id or getattr(own, "municipality_id", None),
        facility_id=facility_id or getattr(own, "facility_id", None),
        citizen_id=citizen_id or getattr(own, "citizen_id", None),
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        data=data,
    )
