"""Days of arrival as the cells of a month: what each says, which may be chosen, and why others may not."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import engine
from facilities.selectors.arrivals import NO_ROOM, Arrival, ArrivalState
from facilities.selectors.notices import CODE as FACILITY_NOTICE
from postpartum_portal.shared import wareki
from postpartum_portal.shared.month import DayCell, State, places

PAST, OVER, NOT_YET, OTHERWISE = "", gettext_lazy("期限後"), gettext_lazy("まだ"), gettext_lazy("不可")
_WORDS = {
    "not_past": PAST,
    "period": gettext_lazy("長すぎ"),
    "notice": gettext_lazy("締切"),
    FACILITY_NOTICE: gettext_lazy("電話で"),
    "horizon": NOT_YET,
    "application_lead": NOT_YET,
    "one_use_per_day": gettext_lazy("予約"),
    "closed_season": gettext_lazy("休み"),
    "contract": gettext_lazy("終了"),
    "visitor_area": gettext_lazy("地域外"),
    "visitor_day": gettext_lazy("なし"),
    "visitor_taken": gettext_lazy("満"),
}
"""Finding → the word in a cell; of several that hold, the first in this order is told."""


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A word that stands in a cell, and the rule's own sentence for the first day that bears it."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Where a full day leads: to the waiting list, or to what she waits for already.

    `small` stands in the cell, `spoken` is what a screen reader says of it, `label` stands on a button.
    """

    href: str
    small: str
    spoken: str
    label: str


def cells(
    found: Sequence[Arrival],
    *,
    length: str,
    chosen: Sequence[dt.date],
    period: engine.Period,
    wait: Callable[[dt.date], Wait | None],
) -> list[DayCell]:
    """`chosen` are the days of the use that is chosen, the arrival first; empty while none is."""
    return [_with_wait(_cell(arrival, length, chosen, period), wait) for arrival in found]


def why_not(found: Sequence[Arrival], period: engine.Period) -> tuple[WhyNot, ...]:
    """Each word of a refused day once. What has passed or lies after the last day needs none: the page says it."""
    refused = [arrival for arrival in found if arrival.state is ArrivalState.REFUSED]
    told: dict[str, str] = {}
    for arrival in refused:
        told.setdefault(_small(arrival, period), _told(arrival).fact)
    return tuple(WhyNot(word, text) for word, text in told.items() if word not in (PAST, OVER))


def _cell(arrival: Arrival, length: str, chosen: Sequence[dt.date], period: engine.Period) -> DayCell:
    arrives = bool(chosen) and arrival.day == chosen[0]
    return DayCell(
        day=arrival.day,
        state=_state(arrival, period),
        small=_stay_word(arrival.day, chosen) if arrival.day in chosen else _small(arrival, period),
        spoken=_spoken(arrival, length),
        checked=arrives,
        chosen=arrival.day in chosen,
        last=arrival.day == period.last,
    )


def _with_wait(cell: DayCell, wait: Callable[[dt.date], Wait | None]) -> DayCell:
    """A day that is full leads to the waiting list, where there is one."""
    link = wait(cell.day) if cell.state == "full" and not cell.chosen else None
    if link is None:
        return cell
    return replace(cell, href=link.href, small=link.small, spoken=f"{wareki.short(cell.day)} {link.spoken}")


def _state(arrival: Arrival, period: engine.Period) -> State:
    if arrival.state is ArrivalState.FREE:
        return "free"
    if arrival.state is ArrivalState.FULL:
        return "full"
    return "late" if _small(arrival, period) == str(OVER) else "none"


def _small(arrival: Arrival, period: engine.Period) -> str:
    if arrival.state is ArrivalState.FREE:
        return "○" if arrival.places is None else places(arrival.places)
    if arrival.state is not ArrivalState.REFUSED:
        return _("満") if arrival.state is ArrivalState.FULL else _("休み")
    told = _told(arrival)
    if told.code != "period":
        return str(_WORDS.get(told.code, OTHERWISE))
    if period.first and arrival.day < period.first:
        return str(NOT_YET)
    return str(OVER if period.last and arrival.day > period.last else _WORDS[told.code])


def _told(arrival: Arrival) -> engine.Finding:
    """The reason that is told of a day that several rules speak against."""
    order = [*_WORDS, ""]
    return min(arrival.refusals, key=lambda finding: order.index(finding.code if finding.code in _WORDS else ""))


def _stay_word(day: dt.date, chosen: Sequence[dt.date]) -> str:
    """到着, 2日目, 最終日"""
    if day == chosen[0]:
        return _("到着")
    return _("最終日") if day == chosen[-1] else _("%(number)s日目") % {"number": chosen.index(day) + 1}


def _spoken(arrival: Arrival, length: str) -> str:
    """What a screen reader says of a cell: what can be had, or why nothing can."""
    if arrival.state is ArrivalState.REFUSED:
        return _told(arrival).fact
    begins = _("%(day)sから%(length)s。") % {"day": wareki.short(arrival.day), "length": length}
    if arrival.state is not ArrivalState.FREE:
        return begins + str(NO_ROOM[arrival.state])
    return begins + (
        _("空きは施設が確かめます") if arrival.places is None else _("空き%(places)s") % {"places": arrival.places}
    )
