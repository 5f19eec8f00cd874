"""Keeping the next months filled from the stored patterns: only days of which nobody has said anything."""

import calendar
import datetime as dt

from django.db import transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from eligibility import engine
from facilities.models import DayCapacity, Pattern
from facilities.selectors.patterns import Fate, Plan
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.jobs import planner

from .patterns import carry_out, changes_locked
from .places import hold_facility


@planner
def plan_months(now: dt.datetime) -> None:
    """Fill what has come within reach since the last time. Two planners at once fill it once."""
    today = clock.day_of(now)
    with scopes_disabled():
        wanted = Pattern.objects.filter(months_ahead__gt=0, facility__keeps_capacity=True)
        for pattern in wanted.select_related("facility").order_by("pk"):
            until = end_of_month(today, pattern.months_ahead)
            if pattern.filled_until is None or pattern.filled_until < until:
                _fill(pattern, today, until, at=now)


def end_of_month(day: dt.date, months: int) -> dt.date:
    """The last day of the month that lies so many months after that of `day`."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _fill(pattern: Pattern, today: dt.date, until: dt.date, *, at: dt.datetime) -> None:
    """Days without a counter get one; whoever sets a day by hand at this instant is left alone, too.

    Nothing for a kind that was joined with another since the pattern was read.
    """
    first = max(today, pattern.filled_until + dt.timedelta(days=1)) if pattern.filled_until else today
    there = DayCapacity.objects.filter(
        facility_id=pattern.facility_id, place=pattern.place, day__range=(first, until)
    ).values_list("day", flat=True)
    new = sorted(set(engine.each_day(first, until)) - set(there))
    with transaction.atomic():
        hold_facility(pattern.facility_id)
        if not Pattern.objects.filter(pk=pattern.pk).exists():
            return
        changes = changes_locked(pattern, new, on=today, by_hand=False) if new else []
        plan = Plan(tuple(item for item in changes if item.fate is Fate.SET))
        if plan.changes:
            carry_out(pattern.facility, plan, by=None, at=at)
            days = [new[0].isoformat(), new[-1].isoformat()]
            events.record(
                "pattern.applied",
                pattern.facility,
                at=at,
                by_id=None,
                facility_id=pattern.facility_id,
                days=days,
                changed=len(plan.changes),
            )
        behind = Q(filled_until__isnull=True) | Q(filled_until__lt=until)
        Pattern.objects.filter(behind, pk=pattern.pk).update(filled_until=until)
