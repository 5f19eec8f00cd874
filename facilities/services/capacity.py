"""How many places a facility has: opened, widened and lowered day by day, never below what is booked."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from facilities.models import DayCapacity, Facility
from facilities.selectors.places import offered_places
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .counting import count_in
from .waiting_line import call_line


def set_places(
    facility: Facility, wanted: Mapping[str, int], *, days: Collection[dt.date], by: User, at: dt.datetime
) -> None:
    """Give each of the days `wanted` places (kind → number): all of them or none.

    The first call makes the facility one that keeps its places here; bookings taken before are counted in.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotToBeSet: a day has passed, or a kind is not offered here.
        BelowBooked: some day holds more bookings than places are wanted; nothing has changed.
    """
    authorise(by, "facilities.set_places", facility)
    if min(days) < clock.day_of(at) or not wanted.keys() <= set(offered_places(facility).values()):
        raise NotToBeSet
    with transaction.atomic():
        count_in(facility, today=clock.day_of(at))
        # Kinds in the order of their codes, days by date: two members of staff wait instead of blocking each other.
        short = [shortage for kind in sorted(wanted) for shortage in _set(facility, kind, wanted[kind], days)]
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
    """A day on which `used` places are booked and only `wanted` should be left."""

    place: str
    day: dt.date
    wanted: int
    used: int


class BelowBooked(Exception):
    """Fewer places were wanted than are booked. `shortages` name each day and kind."""

    def __init__(self, shortages: tuple[Shortage, ...]) -> None:
        super().__init__(", ".join(f"{shortage.day} {shortage.place}" for shortage in shortages))
        self.shortages = shortages


class NotToBeSet(Exception):
    """Places of a day that has passed, or of a kind that the facility does not offer."""


def _set(facility: Facility, kind: str, limit: int, days: Collection[dt.date]) -> list[Shortage]:
    """Lock the days, look, then move those that may be moved; the condition stands in the statement as well."""
    DayCapacity.objects.bulk_create(
        [DayCapacity(facility=facility, place=kind, day=day, limit=0) for day in sorted(days)], ignore_conflicts=True
    )
    rows = DayCapacity.objects.filter(facility=facility, place=kind, day__in=days)
    locked = list(rows.order_by("day").select_for_update())
    rows.filter(used__lte=limit).update(limit=limit)
    return [Shortage(kind, row.day, limit, row.used) for row in locked if row.used > limit]
