"""毎週のきまり: written down, and applied to days in one go. What was set by hand, or is booked, is left alone."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from eligibility import engine
from facilities.models import Facility, Pattern
from facilities.selectors.patterns import Change, Fate, Plan, changes_of, number_on, patterns_of, standing_on
from facilities.selectors.places import offered_places
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .block_ward import keep_for_ward
from .capacity import move_limits
from .places import hold_facility, locked_days, open_days
from .waiting_line import call_line

LONGEST = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Week:
    """A pattern as it is typed: eight numbers as in `Pattern.numbers`, the ward's places and until how many days."""

    numbers: tuple[int | None, ...]
    ward_places: int
    ward_days: int
    months_ahead: int


def set_patterns(facility: Facility, weeks: Mapping[str, Week], *, by: User, at: dt.datetime) -> None:
    """Write the patterns of some kinds of place down (kind → week). No day changes by it.

    The planner fills the months ahead, where any are wanted, with days that nobody has set.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBePlanned: a kind is not offered here.
    """
    authorise(by, "facilities.set_places", facility)
    with transaction.atomic():
        hold_facility(facility.pk)
        if not weeks.keys() <= set(offered_places(facility).values()):
            raise NotToBePlanned
        for place, week in sorted(weeks.items()):
            Pattern.objects.update_or_create(
                facility=facility,
                place=place,
                defaults={
                    "numbers": list(week.numbers),
                    "ward_places": week.ward_places,
                    "ward_days": week.ward_days,
                    "months_ahead": week.months_ahead,
                    "filled_until": None,
                },
            )
        events.record("pattern.set", facility, at=at, by_id=by.pk, facility_id=facility.pk, places=sorted(weeks))


def apply_patterns(
    facility: Facility,
    first: dt.date,
    last: dt.date,
    *,
    by_hand: bool,
    shown: str,
    by: User,
    at: dt.datetime,
) -> Plan:
    """Set each day as its pattern says, and keep the ward's places: the plan that was `shown` (its token), or nothing.

    Applying it again changes nothing. `by_hand`: also days on which somebody has set another number.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBePlanned: no places are kept here, days have passed, or there are more than a year's.
        PlanChanged: somebody booked, set or blocked something since the plan was shown; nothing has changed.
    """
    authorise(by, "facilities.set_places", facility)
    if not facility.keeps_capacity or not clock.day_of(at) <= first <= last <= first + LONGEST:
        raise NotToBePlanned
    days = engine.each_day(first, last)
    with transaction.atomic():
        hold_facility(facility.pk)
        plan = _locked_plan(facility, days, on=clock.day_of(at), by_hand=by_hand)
        if plan.token != shown:
            raise PlanChanged
        carry_out(facility, plan, by=by, at=at)
        events.record(
            "pattern.applied",
            facility,
            at=at,
            by_id=by.pk,
            facility_id=facility.pk,
            days=[first.isoformat(), last.isoformat()],
            changed=len(plan.of(Fate.SET)),
        )
    return plan


def carry_out(facility: Facility, plan: Plan, *, by: User | None, at: dt.datetime) -> None:
    """Do what a plan says of days that are locked. Part of the caller's transaction.

    Raises:
        PlanChanged: a day holds more than its number; cannot be while the days are locked.
    """
    patterns = patterns_of(facility)
    for place in sorted({item.place for item in plan.changes}):
        wanted = {item.day: item.after for item in plan.of(Fate.SET, place)}
        if wanted and move_limits(facility, place, wanted, from_pattern=True):
            raise PlanChanged
        if kept := {item.day: item.ward for item in plan.kept(place)}:
            keep_for_ward(patterns[place], kept, by=by, at=at)
        if wanted:
            call_line(facility.pk, place, min(wanted), max(wanted))


def changes_locked(pattern: Pattern, days: Sequence[dt.date], *, on: dt.date, by_hand: bool) -> list[Change]:
    """What a pattern means for the days, which nobody else moves until the transaction ends."""
    opened = [day for day in days if number_on(pattern, day) is not None]
    open_days(pattern.facility_id, pattern.place, opened)
    counters = locked_days(pattern.facility_id, pattern.place, days)
    standing = standing_on(pattern.facility, pattern.place, days, counters=counters)
    return changes_of(pattern, standing, days, on=on, by_hand=by_hand)


class NotToBePlanned(Exception):
    """A kind that is not offered, days that have passed or are too many, or a facility that keeps no places here."""


class PlanChanged(Exception):
    """What applying the patterns would do is not what was shown any more."""


def _locked_plan(facility: Facility, days: Sequence[dt.date], *, on: dt.date, by_hand: bool) -> Plan:
    """Kinds in the order of their codes, days by date, as whoever sets places."""
    patterns: Iterable[tuple[str, Pattern]] = sorted(patterns_of(facility).items())
    found = [change for _, pattern in patterns for change in changes_locked(pattern, days, on=on, by_hand=by_hand)]
    return Plan(tuple(found))
