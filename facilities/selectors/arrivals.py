"""On which days a use of a given length may begin: one query for a month, one answer of the rules for each day."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.utils.translation import gettext_lazy

from eligibility import engine
from facilities.models import DayCapacity, Offering

Refusals: TypeAlias = Callable[[engine.Use], Sequence[engine.Finding]]
"""What the rules say against a use."""


class ArrivalState(StrEnum):
    FREE = "free"
    FULL = "full"
    CLOSED = "closed"
    """The facility has not opened the day of arrival, or another day of the stay."""
    REFUSED = "refused"
    """A rule speaks against it."""


NO_ROOM = {
    ArrivalState.FULL: gettext_lazy("空きのない日があります。ほかの日を選んでください。"),
    ArrivalState.CLOSED: gettext_lazy("施設が受け入れていない日があります。ほかの日を選んでください。"),
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """`places` is the fewest left on any day of the use; None where the facility keeps no places here.

    `refusals` are the rules that speak against it; where any does, nobody asks for places.
    """

    day: dt.date
    state: ArrivalState
    places: int | None = None
    refusals: tuple[engine.Finding, ...] = ()


def arrivals(
    offering: Offering,
    *,
    days: int,
    between: tuple[dt.date, dt.date],
    refusals: Refusals,
    own: Collection[dt.date] = (),
) -> tuple[Arrival, ...]:
    """Each day between two days, both included, as a day of arrival for a use of `days` days.

    On her `own` days a booking that is to be moved holds a place already.
    """
    first, last = between
    longer = dt.timedelta(days=days - 1)
    left = _left(offering, first, last + longer, own)
    uses = (engine.Use(offering.service, day, day + longer) for day in engine.each_day(first, last))
    return tuple(_arrival(use, left, tuple(refusals(use))) for use in uses)


def no_room(offering: Offering, use: engine.Use, *, own: Collection[dt.date] = ()) -> str:
    """Why the facility has no place for a use; "" where it has, or keeps none here. `own` as in `arrivals`."""
    left = _left(offering, use.first_day, use.last_day, own)
    return str(NO_ROOM.get(_arrival(use, left, ()).state, ""))


def _left(offering: Offering, first: dt.date, last: dt.date, own: Collection[dt.date]) -> Mapping[dt.date, int] | None:
    """Day → places left; days that are not open are missing."""
    if not offering.facility.keeps_capacity:
        return None
    days = DayCapacity.objects.filter(facility=offering.facility, place=offering.place, day__range=(first, last))
    return {day.day: day.left + (day.day in own) for day in days if day.limit}


def _arrival(use: engine.Use, left: Mapping[dt.date, int] | None, refusals: tuple[engine.Finding, ...]) -> Arrival:
    stay = engine.each_day(use.first_day, use.last_day)
    if refusals:
        return Arrival(use.first_day, ArrivalState.REFUSED, refusals=refusals)
    if left is None:
        return Arrival(use.first_day, ArrivalState.FREE)
    if any(day not in left for day in stay):
        return Arrival(use.first_day, ArrivalState.CLOSED)
    places = min(left[day] for day in stay)
    return Arrival(use.first_day, ArrivalState.FREE if places else ArrivalState.FULL, places)
