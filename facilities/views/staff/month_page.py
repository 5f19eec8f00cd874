"""The month of places as its page shows it: each day a cell, with its words for eye and ear."""

import datetime as dt
from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass

from facilities.forms.staff.places import PlacesForm
from facilities.selectors.places import PlaceKind, Places
from postpartum_portal.shared import wareki

from .refusal import Refusal

SUNDAY = 6
SQUARES = 2
"""More places than this are told in figures: a cell has no room for more squares."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind in one cell: squares booked and free, or figures; `left` for a phone."""

    kind: PlaceKind
    booked: range
    free: range
    figures: str
    left: str


@dataclass(frozen=True, slots=True)
class Cell:
    day: dt.date
    tallies: tuple[Tally, ...]
    word: str
    """休み or 未設定 instead of tallies."""
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
    unset = all(item.limit is None and not item.used for item in places)
    closed = not unset and all(item.limit == 0 for item in places)
    word = "休み" if closed else "未設定" if unset and may_set else ""
    told = word or "、".join(item.words for item in places)
    return Cell(
        day=day,
        tallies=() if closed else tuple(_tally(item) for item in places if item.limit is not None or item.used),
        word=word,
        spoken=f"{wareki.short(day)} {told}",
        may_set=may_set,
        checked=checked,
        refused=refused,
    )


def _tally(places: Places) -> Tally:
    drawn = places.limit is not None and 0 < places.limit <= SQUARES and places.used <= places.limit
    return Tally(
        kind=places.kind,
        booked=range(places.used if drawn else 0),
        free=range(places.left if drawn else 0),
        figures="" if drawn else _figures(places),
        left=_left(places),
    )


def _figures(places: Places) -> str:
    """`3/12`: booked of all. `2件`: bookings of a day for which no number was ever set."""
    if places.limit is None:
        return f"{places.used}件"
    return f"{places.used}/{places.limit}" if places.limit else "休み"


def _left(places: Places) -> str:
    """2, 満 or 休: what a phone has room for."""
    if places.limit is None:
        return _figures(places)
    return str(places.left or "満") if places.limit else "休"
