"""The month of places as its page shows it: cells with their words, and what a refused change says."""

import datetime as dt
from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilities.forms.staff.places import PlacesForm
from facilities.selectors.guests import GuestCard
from facilities.selectors.places import PlaceKind, Places
from facilities.services.capacity import Shortage
from postpartum_portal.shared import wareki

SUNDAY = 6
SQUARES = 2
"""More places than this are told in figures: a cell has no room for more squares."""
NAMED_DAYS = 3


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


@dataclass(frozen=True, slots=True)
class RefusedDay:
    title: str
    fact: str
    guests: tuple[GuestCard, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """`without` are the refused days as the form takes them, `left_out` in words; `rest` counts the other days."""

    days: tuple[RefusedDay, ...]
    refused: frozenset[dt.date]
    without: str
    left_out: str
    rest: int


def month_page(
    found: Mapping[dt.date, tuple[Places, ...]],
    *,
    kinds: Sequence[PlaceKind],
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


def refusal_of(form: PlacesForm, found: Sequence[tuple[PlaceKind, Shortage, Sequence[GuestCard]]]) -> Refusal:
    """Each refused day with its guests; the form's boxes are marked."""
    refused = sorted({shortage.day for _, shortage, _ in found})
    for kind in {kind.code: kind for kind, _, _ in found}.values():
        form.refuse(kind, _box_sentence(kind, [shortage for other, shortage, _ in found if other == kind]))
    return Refusal(
        days=tuple(_refused_day(*item) for item in found),
        refused=frozenset(refused),
        without=",".join(day.isoformat() for day in refused),
        left_out=_days(refused),
        rest=len([day for day in form.days() if day not in refused]),
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


def _refused_day(kind: PlaceKind, shortage: Shortage, cards: Sequence[GuestCard]) -> RefusedDay:
    what = f"{shortage.wanted}{kind.unit}に減らせません。" if shortage.wanted else "休みにできません。"
    return RefusedDay(
        title=f"{wareki.short(shortage.day)}の{kind.label}は、{what}",
        fact=f"{shortage.used}{kind.unit}に予約があります。",
        guests=tuple(card for card in cards if card.first_day <= shortage.day <= card.last_day),
    )


def _box_sentence(kind: PlaceKind, short: Sequence[Shortage]) -> str:
    days = _days([shortage.day for shortage in short])
    if len(short) == 1:
        return f"{days}は{short[0].used}{kind.unit}より減らせません。"
    return f"{days}は、予約の数より減らせません。"


def _days(days: Sequence[dt.date]) -> str:
    """14日, 14日・15日; many are only counted."""
    if len(days) > NAMED_DAYS:
        return f"予約のある{len(days)}日"
    return "・".join(f"{day.day}日" for day in days)
