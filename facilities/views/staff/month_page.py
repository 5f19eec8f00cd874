"""The month of places as its page shows it: each day a cell, with its words for eye and ear."""

import datetime as dt
from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass

from facilities.forms.staff.places import PlacesForm
from facilities.models import Block
from facilities.selectors.holidays import holiday_name
from facilities.selectors.places import PlaceKind, Places
from postpartum_portal.shared import wareki

from .refusal import Refusal

SUNDAY = 6
SQUARES = 2
"""More places than this are told in figures: a cell has no room for more squares."""
OUT = {
    Block.Why.WARD: ("産科", "産"),
    Block.Why.CLOSED: ("休業", "休"),
    Block.Why.OTHER: ("使わない", "止"),
}
"""Why places are out of use, in a cell, and in one of a phone."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind in one cell: squares booked and free, or figures; `left` for a phone.

    `out` says what the facility has taken out of use, 産科1, and `out_short` the same for a phone.
    """

    kind: PlaceKind
    booked: range
    free: range
    figures: str
    left: str
    out: str
    out_short: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`word`: 休み, 休業 or 未設定 instead of tallies; `holiday`: its name; `last_minute`: 直前 is taken, too."""

    day: dt.date
    tallies: tuple[Tally, ...]
    word: str
    holiday: str
    last_minute: bool
    spoken: str
    may_set: bool
    checked: bool
    refused: bool

    @property
    def weekday(self) -> int:
        return self.day.weekday()

    @property
    def css(self) -> str:
        return "bad" if self.refused else "none" if self.word or not self.may_set else ""


@dataclass(frozen=True, slots=True)
class MonthPage:
    month: dt.date
    weeks: tuple[tuple[Cell | None, ...], ...]
    previous: dt.date
    following: dt.date
    first_open: dt.date | None
    chosen: tuple[dt.date, ...]

    @property
    def caption(self) -> str:
        return wareki.month(self.month)

    @property
    def chosen_text(self) -> str:
        """7日・14日・21日・28日"""
        return "・".join(f"{day.day}日" for day in self.chosen)


def month_page(
    found: Mapping[dt.date, tuple[Places, ...]],
    *,
    form: PlacesForm,
    refusal: Refusal | None,
) -> MonthPage:
    """`found` are all days of one month."""
    month = min(found)
    open_days = set(form.open.values())
    chosen = set(form.days()) if form.is_bound else set()
    refused = refusal.refused if refusal else frozenset()

    def cell(day: dt.date) -> Cell | None:
        if day not in found:
            return None
        return _cell(day, found[day], may_set=day in open_days, checked=day in chosen, refused=day in refused)

    weeks = Calendar(SUNDAY).monthdatescalendar(month.year, month.month)
    return MonthPage(
        month=month,
        weeks=tuple(tuple(cell(day) for day in week) for week in weeks),
        previous=(month - dt.timedelta(days=1)).replace(day=1),
        following=max(found) + dt.timedelta(days=1),
        first_open=min(open_days, default=None),
        chosen=tuple(sorted(chosen)),
    )


def _cell(day: dt.date, places: tuple[Places, ...], *, may_set: bool, checked: bool, refused: bool) -> Cell:
    word, holiday = _word(places, may_set=may_set), holiday_name(day)
    last_minute = any(item.last_minute for item in places)
    told = [holiday, word or "、".join(item.words for item in places), "直前でも受けます" if last_minute else ""]
    return Cell(
        day=day,
        tallies=() if word else tuple(_tally(item) for item in places if item.limit is not None or item.used),
        word=word,
        holiday=holiday,
        last_minute=last_minute,
        spoken=" ".join([wareki.short(day), *filter(None, told)]),
        may_set=may_set,
        checked=checked,
        refused=refused,
    )


def _word(places: tuple[Places, ...], *, may_set: bool) -> str:
    """What is said of a day on which nothing can be had of any kind, and nothing is booked."""
    shut = [item.closed or item.limit == 0 for item in places]
    if all(shut):
        return "休業" if any(item.closed for item in places) else "休み"
    return "未設定" if may_set and all(item.limit is None and not item.used for item in places) else ""


def _tally(places: Places) -> Tally:
    drawn = places.limit is not None and 0 < places.limit <= SQUARES and places.used <= places.limit
    blocked = [(OUT[Block.Why(why)], number) for why, number in places.blocked.items() if number]
    return Tally(
        kind=places.kind,
        booked=range(places.booked if drawn else 0),
        free=range(places.left if drawn else 0),
        figures="" if drawn else _figures(places),
        left=_left(places),
        out="・".join(f"{word}{number}" for (word, _), number in blocked),
        out_short="".join(f"{short}{number}" for (_, short), number in blocked),
    )


def _figures(places: Places) -> str:
    """`3/12`: booked of all. `2件`: bookings of a day for which no number was ever set."""
    if places.limit is None:
        return f"{places.used}件"
    return f"{places.booked}/{places.limit}" if places.limit else "休み"


def _left(places: Places) -> str:
    """2, 満 or 休: what a phone has room for."""
    if places.limit is None:
        return _figures(places)
    if places.closed or not places.limit:
        return "休"
    return str(places.left or "満")
