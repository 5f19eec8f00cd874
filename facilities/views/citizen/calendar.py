"""The month from which a mother chooses her day of arrival, and the way to the months beside it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from facilities.selectors.waiting_list import may_wait_at
from postpartum_portal.shared.month import Month, lay_out

from .cells import WhyNot, cells, why_not
from .intent import Intent
from .waits import waits_from


@dataclass(frozen=True, slots=True)
class Turn:
    """The way to another month; `query` is "" where there is nothing to book in it."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """`value` is the month as the address names it; from `cut_at` on, days are left out as the period is over.

    `why_not`: the words of days that a rule refuses, each with its reason; `waits`: a full day can be waited for.
    """

    month: Month
    value: str
    previous: Turn | None
    following: Turn
    cut_at: dt.date | None
    why_not: tuple[WhyNot, ...]
    waits: bool


def calendar_of(intent: Intent, marked: Sequence[dt.date], *, may_wait: bool = True) -> Calendar:
    """`marked` are the days of the use that is chosen; empty while none is."""
    first, last = _frame(intent)
    found = intent.arrivals(first, last)
    wait = waits_from(intent) if may_wait else lambda _day: None
    return Calendar(
        month=lay_out(cells(found, length=intent.length.text, chosen=marked, period=intent.period, wait=wait)),
        value=f"{intent.month:%Y-%m}",
        previous=_turn(intent, -1) if intent.month > intent.on.replace(day=1) else None,
        following=_following(intent),
        cut_at=last + dt.timedelta(days=1) if last < _month_end(intent.month) else None,
        why_not=why_not(found, intent.period),
        waits=may_wait and may_wait_at(intent.offering, intent.case.standing.terms),
    )


def _frame(intent: Intent) -> tuple[dt.date, dt.date]:
    """The days of the month worth showing: from the week of today to the week of the last day of use."""
    first, last = intent.month, _month_end(intent.month)
    if first <= intent.on <= last:
        first = max(first, intent.on - dt.timedelta(days=(intent.on.weekday() + 1) % 7))  # a week begins on Sunday
    if first <= intent.last_day <= last:
        last = min(last, intent.last_day + dt.timedelta(days=(5 - intent.last_day.weekday()) % 7))
    return first, last


def _following(intent: Intent) -> Turn:
    turn = _turn(intent, 1)
    return turn if _shift(intent.month, 1) <= intent.last_day else Turn(_("%(turn)sは期限後") % {"turn": turn.text}, "")


def _turn(intent: Intent, by: int) -> Turn:
    month = _shift(intent.month, by)
    return Turn(
        _("%(month)s月") % {"month": month.month}, urlencode({"days": intent.length.days, "month": f"{month:%Y-%m}"})
    )


def _shift(month: dt.date, by: int) -> dt.date:
    number = month.year * 12 + month.month - 1 + by
    return dt.date(number // 12, number % 12 + 1, 1)


def _month_end(month: dt.date) -> dt.date:
    return _shift(month, 1) - dt.timedelta(days=1)
