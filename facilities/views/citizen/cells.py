"""Days of arrival as the cells of a month: what each says, and which may be chosen."""

import datetime as dt
from collections.abc import Sequence

from facilities.selectors.arrivals import Arrival, ArrivalState
from postpartum_portal.shared import wareki
from postpartum_portal.shared.month import DayCell, State, places

_STATES: dict[ArrivalState, State] = {
    ArrivalState.FREE: "free",
    ArrivalState.FULL: "full",
    ArrivalState.CLOSED: "none",
    ArrivalState.BOOKED: "none",
    ArrivalState.PAST: "none",
    ArrivalState.TOO_LONG: "none",
    ArrivalState.OVER: "late",
}
_SMALL = {
    ArrivalState.FULL: "満",
    ArrivalState.CLOSED: "休み",
    ArrivalState.BOOKED: "予約",
    ArrivalState.PAST: "",
    ArrivalState.TOO_LONG: "長すぎ",
    ArrivalState.OVER: "期限後",
}


def cells(
    found: Sequence[Arrival], *, length: str, chosen: Sequence[dt.date], last_day: dt.date | None
) -> list[DayCell]:
    """`chosen` are the days of the use that is chosen, the arrival first; empty while none is."""
    return [_cell(arrival, length, chosen, last_day) for arrival in found]


def _cell(arrival: Arrival, length: str, chosen: Sequence[dt.date], last_day: dt.date | None) -> DayCell:
    arrives = bool(chosen) and arrival.day == chosen[0]
    return DayCell(
        day=arrival.day,
        state=_STATES[arrival.state],
        small=_stay_word(arrival.day, chosen) if arrival.day in chosen else _small(arrival),
        spoken=_spoken(arrival, length),
        checked=arrives,
        chosen=arrival.day in chosen,
        last=arrival.day == last_day,
    )


def _small(arrival: Arrival) -> str:
    if arrival.state is ArrivalState.FREE:
        return "○" if arrival.places is None else places(arrival.places)
    return _SMALL[arrival.state]


def _stay_word(day: dt.date, chosen: Sequence[dt.date]) -> str:
    """到着, 2日目, 最終日"""
    if day == chosen[0]:
        return "到着"
    return "最終日" if day == chosen[-1] else f"{chosen.index(day) + 1}日目"


def _spoken(arrival: Arrival, length: str) -> str:
    """What a screen reader says of a cell that can be chosen."""
    room = "空きは施設が確かめます" if arrival.places is None else f"空き{arrival.places}"
    return f"{wareki.short(arrival.day)}から{length}。{room}"
