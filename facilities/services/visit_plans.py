"""A facility says where and when it visits, and on which days it does not. What is arranged already stays."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from facilities.models import Facility, VisitBreak, VisitPlan
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

Span = tuple[dt.time, dt.time]


def set_visits(
    facility: Facility,
    *,
    areas: Sequence[str],
    week: Sequence[Sequence[Span]],
    by: User,
    at: dt.datetime,
    **rest: Any,
) -> VisitPlan:
    """Say it anew from now on. `week`: the spans of each weekday, Monday first; `rest`: other fields of the plan.

    Raises:
        PermissionDenied: `by` does not work at the facility.
    """
    authorise(by, "facilities.set_places", facility)
    spans = [[[f"{begins:%H:%M}", f"{ends:%H:%M}"] for begins, ends in day] for day in week]
    with transaction.atomic():
        said = {"areas": list(areas), "week": spans, **rest}
        plan, _made = VisitPlan.objects.update_or_create(facility=facility, defaults=said)
        events.record("visits.set", facility, at=at, by_id=by.pk, facility_id=facility.pk)
    return plan


def add_break(facility: Facility, *, first_day: dt.date, last_day: dt.date, by: User, at: dt.datetime) -> VisitBreak:
    """Visit nobody from the first to the last day; said twice it is one row.

    Raises:
        PermissionDenied: `by` does not work at the facility.
    """
    authorise(by, "facilities.set_places", facility)
    with transaction.atomic():
        row, made = VisitBreak.objects.get_or_create(facility=facility, first_day=first_day, last_day=last_day)
        if made:
            events.record("visits.break_added", row, at=at, by_id=by.pk)
    return row


def drop_break(row: VisitBreak, *, by: User, at: dt.datetime) -> None:
    """Visit on those days after all.

    Raises:
        PermissionDenied: `by` does not work at the facility.
    """
    authorise(by, "facilities.set_places", row.facility)
    with transaction.atomic():
        events.record("visits.break_dropped", row, at=at, by_id=by.pk)
        row.delete()
