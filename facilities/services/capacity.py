"""How many places a facility has: opened, widened and lowered day by day, never below what is booked."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from facilities.models import BlockedDay, DayCapacity, Facility
from facilities.selectors.places import offered_places
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .blocked import blocked_days, whole_of
from .counting import count_in
from .places import hold_facility, locked_days, open_days
from .waiting_line import call_line


def set_places(
    facility: Facility, wanted: Mapping[str, int], *, days: Collection[dt.date], by: User, at: dt.datetime
) -> None:
    """Give each of the days `wanted` places (kind → number): all of them or none.

    The first call makes the facility one that keeps its places here; bookings taken before are counted in.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBeSet: a day has passed, or a kind is not offered here.
        BelowBooked: some day has more bookings and blocks than places are wanted; nothing has changed.
    """
    authorise(by, "facilities.set_places", facility)
    if min(days) < clock.day_of(at):
        raise NotToBeSet
    with transaction.atomic():
        hold_facility(facility.pk)
        if not wanted.keys() <= set(offered_places(facility).values()):
            raise NotToBeSet
        count_in(facility, today=clock.day_of(at))
        # Kinds in the order of their codes, days by date: two members of staff wait instead of blocking each other.
        short = [
            shortage
            for kind in sorted(wanted)
            for shortage in move_limits(facility, kind, dict.fromkeys(days, wanted[kind]), from_pattern=False)
        ]
        if short:
            raise BelowBooked(tuple(short))
        for kind in sorted(wanted):
            call_line(facility.pk, kind, min(days), max(days))
        Facility.objects.filter(pk=facility.pk, keeps_capacity=False).update(keeps_capacity=True)
        events.record(
            "capacity.set",
            facility,
            at=at,
            by_id=by.pk,
            facility_id=facility.pk,
            days=[day.isoformat() for day in sorted(days)],
            places=[f"{kind}:{wanted[kind]}" for kind in sorted(wanted)],
        )


@dataclass(frozen=True, slots=True)
class Shortage:
    """A day on which `used` places are booked, or `blocked` of them out of use, and only `wanted` should be left."""

    place: str
    day: dt.date
    wanted: int
    used: int
    blocked: int = 0


class BelowBooked(Exception):
    """Fewer places were wanted than are booked and blocked. `shortages` name each day and kind."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        super().__init__(", ".join(f"{shortage.day} {shortage.place}" for shortage in shortages))
        self.shortages = shortages


class NotToBeSet(Exception):
    """Places of a day that has passed, or of a kind that the facility does not offer."""


def move_limits(facility: Facility, kind: str, wanted: Mapping[dt.date, int], *, from_pattern: bool) -> list[Shortage]:
    """Give each day its number of places; those whose bookings and blocks need more. Part of the caller's transaction.

    The days are locked, looked at, then moved, and the condition stands in the statement as well. A day that is blocked
    as a whole stays so: its block grows and shrinks with the number.
    """
    open_days(facility.pk, kind, wanted.keys())
    counters, held = locked_days(facility.pk, kind, wanted.keys()), blocked_days(facility.pk, kind, wanted.keys())
    short = []
    for limit in sorted(set(wanted.values())):
        days = [day for day in counters if wanted[day] == limit]
        for day in days:
            if whole := whole_of(held.get(day, ())):
                _stretch(whole, counters[day], limit)
        rows = DayCapacity.objects.filter(facility=facility, place=kind, day__in=days, used__lte=limit)
        rows.update(limit=limit, from_pattern=from_pattern)
        short += [_shortage(counters[day], limit, held.get(day, ())) for day in days if counters[day].used > limit]
    return sorted(short, key=lambda shortage: shortage.day)


def _stretch(whole: BlockedDay, counter: DayCapacity, limit: int) -> None:
    """Let a block of all places hold as many as a new number leaves it, and none if that is too low for the rest."""
    others = counter.used - whole.places
    whole.places = max(0, limit - others)
    whole.save(update_fields=["places"])
    counter.used = others + whole.places
    # The limit first rises with it: what is used never stands above.
    DayCapacity.objects.filter(pk=counter.pk).update(used=counter.used, limit=max(counter.limit, limit))


def _shortage(counter: DayCapacity, limit: int, held: Iterable[BlockedDay]) -> Shortage:
    return Shortage(counter.place, counter.day, limit, counter.used, sum(row.places for row in held))
