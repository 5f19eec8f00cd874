"""On which days a use of a given length may begin: one query for a month, one answer for each day."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from eligibility import engine
from facilities.models import DayCapacity, Offering


class ArrivalState(StrEnum):
    FREE = "free"
    FULL = "full"
    CLOSED = "closed"
    """The facility has not opened the day of arrival, or another day of the stay."""
    BOOKED = "booked"
    """The household uses one of the days already."""
    PAST = "past"
    TOO_LONG = "too_long"
    """The day itself can be used, but a use of this length would run past the last day."""
    OVER = "over"


NO_ROOM = {
    ArrivalState.FULL: "空きのない日があります。ほかの日を選んでください。",
    ArrivalState.CLOSED: "施設が受け入れていない日があります。ほかの日を選んでください。",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """`places` is the fewest left on any day of the use; None where the facility keeps no places here."""

    day: dt.date
    state: ArrivalState
    places: int | None = None


def arrivals(
    offering: Offering,
    *,
    days: int,
    between: tuple[dt.date, dt.date],
    period: engine.Period,
    held: Sequence[engine.Use],
    uses_per_day: int,
    on: dt.date,
) -> tuple[Arrival, ...]:
    """Each day between two days, both included, as a day of arrival for a use of `days` days."""
    first, last = between
    longer = dt.timedelta(days=days - 1)
    left = _left(offering, first, last + longer)
    taken = _taken(held, uses_per_day)
    return tuple(
        _arrival(engine.each_day(day, day + longer), left, period, taken, on) for day in engine.each_day(first, last)
    )


def no_room(offering: Offering, use: engine.Use) -> str:
    """Why the facility has no place for a use; "" where it has, and where it keeps none here."""
    days = engine.each_day(use.first_day, use.last_day)
    left = _left(offering, use.first_day, use.last_day)
    if left is None or all(left.get(day) for day in days):
        return ""
    return NO_ROOM[ArrivalState.FULL if all(day in left for day in days) else ArrivalState.CLOSED]


def _left(offering: Offering, first: dt.date, last: dt.date) -> Mapping[dt.date, int] | None:
    """Day → places left; days that are not open are missing."""
    if not offering.facility.keeps_capacity:
        return None
    days = DayCapacity.objects.filter(facility=offering.facility, place=offering.place, day__range=(first, last))
    return {day.day: day.left for day in days if day.limit}


def _taken(held: Sequence[engine.Use], uses_per_day: int) -> set[dt.date]:
    """Days on which the household has as many uses as the programme allows."""
    days = Counter(
        day for use in held if use.status in engine.HOLDS_DAYS for day in engine.each_day(use.first_day, use.last_day)
    )
    return {day for day, uses in days.items() if uses >= uses_per_day}


def _arrival(
    stay: Sequence[dt.date],
    left: Mapping[dt.date, int] | None,
    period: engine.Period,
    taken: set[dt.date],
    on: dt.date,
) -> Arrival:
    if state := _outside(stay, period, on):
        return Arrival(stay[0], state)
    if not taken.isdisjoint(stay):
        return Arrival(stay[0], ArrivalState.BOOKED)
    if left is None:
        return Arrival(stay[0], ArrivalState.FREE)
    if any(day not in left for day in stay):
        return Arrival(stay[0], ArrivalState.CLOSED)
    places = min(left[day] for day in stay)
    return Arrival(stay[0], ArrivalState.FREE if places else ArrivalState.FULL, places)


def _outside(stay: Sequence[dt.date], period: engine.Period, on: dt.date) -> ArrivalState | None:
    if period.last is None or stay[0] > period.last:
        return ArrivalState.OVER
    if stay[0] < on or (period.first is not None and stay[0] < period.first):
        return ArrivalState.PAST
    return ArrivalState.TOO_LONG if stay[-1] > period.last else None
