"""The month from which a mother chooses her day of arrival, and the way to the months beside it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from postpartum_portal.shared.month import Month, lay_out

from .cells import cells
from .wish import Wish


@dataclass(frozen=True, slots=True)
class Turn:
    """The way to another month; `query` is "" where there is nothing to book in it."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """`value` is the month as the address names it; from `cut_at` on, days are left out as the period is over."""

    month: Month
    value: str
    previous: Turn | None
    following: Turn
    cut_at: dt.date | None


def calendar_of(wish: Wish, marked: Sequence[dt.date]) -> Calendar:
    """`marked` are the days of the use that is chosen; empty while none is."""
    first, last = _frame(wish)
    found = wish.arrivals(first, last)
    return Calendar(
        month=lay_out(cells(found, length=wish.length.text, chosen=marked, last_day=wish.last_day)),
        value=f"{wish.month:%Y-%m}",
        previous=_turn(wish, -1) if wish.month > wish.on.replace(day=1) else None,
        following=_following(wish),
        cut_at=last + dt.timedelta(days=1) if last < _month_end(wish.month) else None,
    )


def _frame(wish: Wish) -> tuple[dt.date, dt.date]:
    """The days of the month worth showing: from the week of today to the week of the last day of use."""
    first, last = wish.month, _month_end(wish.month)
    if first <= wish.on <= last:
        first = max(first, wish.on - dt.timedelta(days=(wish.on.weekday() + 1) % 7))  # a week begins on Sunday
    if first <= wish.last_day <= last:
        last = min(last, wish.last_day + dt.timedelta(days=(5 - wish.last_day.weekday()) % 7))
    return first, last


def _following(wish: Wish) -> Turn:
    turn = _turn(wish, 1)
    return turn if _shift(wish.month, 1) <= wish.last_day else Turn(f"{turn.text}は期限後", "")


def _turn(wish: Wish, by: int) -> Turn:
    month = _shift(wish.month, by)
    return Turn(f"{month.month}月", urlencode({"days": wish.length.days, "month": f"{month:%Y-%m}"}))


def _shift(month: dt.date, by: int) -> dt.date:
    number = month.year * 12 + month.month - 1 + by
    return dt.date(number // 12, number % 12 + 1, 1)


def _month_end(month: dt.date) -> dt.date:
    return _shift(month, 1) - dt.timedelta(days=1)
