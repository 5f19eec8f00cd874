"""The free places that a facility shows to everybody: its coming weeks, never who has booked them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from eligibility import engine
from facilities.models import DayCapacity, Facility

from .places import PlaceKind, place_kinds

DAYS_SHOWN = 28


@dataclass(frozen=True, slots=True)
class FreeDay:
    """`left` is None where the facility has not said how many places the day has; `limit` 0 is a day of rest."""

    day: dt.date
    limit: int | None
    left: int | None


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """One kind of place over the coming weeks."""

    kind: PlaceKind
    days: tuple[FreeDay, ...]


def published_places(facility: Facility, *, on: dt.date) -> tuple[FreePlaces, ...]:
    """Kind by kind from `on`; nothing unless the facility keeps its places here and publishes them."""
    if not (facility.keeps_capacity and facility.publishes_places):
        return ()
    days = engine.each_day(on, on + dt.timedelta(days=DAYS_SHOWN - 1))
    rows = {
        (row.place, row.day): row
        for row in DayCapacity.objects.filter(facility=facility, day__range=(days[0], days[-1]))
    }
    return tuple(_of(kind, days, rows) for kind in place_kinds(facility, on=on))


def _of(kind: PlaceKind, days: tuple[dt.date, ...], rows: Mapping[tuple[str, dt.date], DayCapacity]) -> FreePlaces:
    found = [(day, rows.get((kind.code, day))) for day in days]
    return FreePlaces(
        kind, tuple(FreeDay(day, row.limit if row else None, row.left if row else None) for day, row in found)
    )
