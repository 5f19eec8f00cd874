"""The page that says what cancelling costs before it asks: both sides of the deadline, in days and in yen."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext, gettext_lazy

from applications.public import Standing
from eligibility import engine
from eligibility.engine.wording import clock, money, month_day, weekday_day
from facilities.models import Booking
from facilities.selectors.cards import Card, card_of
from facilities.selectors.consequences import Consequences, consequences_of
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.uses import amount_of
from postpartum_portal.shared.words import StrOrPromise

NOW = gettext_lazy("いま取り消すと")
A_MOMENT = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Fork:
    """The two sides of a deadline: what each is called, and its days and yen in a line each.

    `passed`: the second side applies now. Until then it is the first, and the second is what comes next.
    """

    before: str
    before_text: str
    after: str
    after_text: str
    passed: bool


@dataclass(frozen=True, slots=True)
class CancelPage:
    """`amount`: 3日分, what counts as used or else comes back; "" for a booking that took nothing.

    `missed`: the deadline whose tier applies now, "" before all of them. `fork` is None where no deadline is published
    or the clock does not matter; `changes`: other bookings whose price will be another; `left_open`: staff may
    decide otherwise, since no rule is published.
    """

    card: Card
    consequence: engine.Consequence
    amount: str
    missed: str
    fork: Fork | None
    counted_days: str
    left_after: str  # "" where nothing is granted of which anything could be left
    changes: tuple[engine.Repriced, ...]
    left_open: bool

    @property
    def late(self) -> bool:
        return self.consequence.kind is engine.ConsequenceKind.LATE

    @property
    def counts(self) -> bool:
        """Whether units are lost by it."""
        return bool(self.consequence.counted)

    @property
    def owes(self) -> bool:
        """Whether money is owed, be it an amount that nobody has published."""
        return self.consequence.total != 0


def cancel_page(
    booking: Booking, bookings: Iterable[Booking], consequence: engine.Consequence, *, now: dt.datetime, on: dt.date
) -> CancelPage:
    """`consequence` is that of a contact at the instant `now` (aware), on the day `on` in Tokyo."""
    rules = consequences_of(booking)
    missed, _ = _tiers_at(now, engine.deadlines_of(rules.use, rules.terms))
    left = left_of(rules.standing, booking, bookings, on)
    return CancelPage(
        card=card_of(booking, rules.terms),
        consequence=consequence,
        amount=_amount(rules, consequence),
        missed=missed.wording if missed else "",
        fork=fork_of(rules, consequence, now, side=partial(_side, left)),
        counted_days=_counted_days(rules, consequence),
        left_after=_told(left, consequence) if left else "",
        changes=rules.changes(consequence),
        left_open=rules.left_open(consequence) is not None,
    )


def fork_of(
    rules: Consequences,
    consequence: engine.Consequence,
    now: dt.datetime,
    *,
    side: Callable[[engine.Consequence], str],
    here: StrOrPromise = NOW,
) -> Fork | None:
    """Now and after the next deadline; after the last one, what was before it and now. `side` tells a consequence.

    None where no deadline is published, and where the clock does not matter.
    """
    if consequence != rules.cancelled(now):
        return None
    first, here = rules.deadline, str(here)
    missed, coming = _tiers_at(now, engine.deadlines_of(rules.use, rules.terms))
    if coming:
        then = side(rules.cancelled(_moment(coming) + A_MOMENT))
        before = here if missed else _until(coming, first)
        return Fork(before, side(consequence), _late_from(coming, first), then, passed=False)
    if missed:
        was = side(rules.cancelled(_moment(missed) - A_MOMENT))
        return Fork(_until(missed, first), was, here, side(consequence), passed=True)
    return None


def _tiers_at(
    now: dt.datetime, deadlines: tuple[engine.Deadline, ...]
) -> tuple[engine.Deadline | None, engine.Deadline | None]:
    """The deadline whose tier applies, and the next that changes anything.

    An office's holidays can put a later tier's deadline before an earlier one's, which then changes nothing any more.
    """
    passed = [number for number, deadline in enumerate(deadlines, start=1) if not deadline.kept_by(now)]
    reached = max(passed, default=0)
    coming = min(deadlines[reached:], key=_moment, default=None)
    return (deadlines[reached - 1] if reached else None), coming


def _moment(deadline: engine.Deadline) -> dt.datetime:
    assert deadline.at is not None  # noqa: S101 - a tier has a moment
    return deadline.at


def left_of(standing: Standing, booking: Booking, bookings: Iterable[Booking], on: dt.date) -> Remaining | None:
    """What is left of the pools by which the booking's service is counted; None where it is not granted any more."""
    rows = remaining(standing, bookings, on=on)
    return next((item for item in rows if booking.service in {service.code for service in item.services}), None)


def _until(deadline: engine.Deadline, first: engine.Deadline) -> str:
    """16:00 より前, where the clock above names the day; otherwise, and without an hour, 5月10日(日) まで."""
    hour = deadline.wording.rpartition(") ")[2]
    return hour if deadline == first and ":" in hour else deadline.wording


def _late_from(deadline: engine.Deadline, first: engine.Deadline) -> str:
    """16:00 から, or 16:00 を過ぎると where that moment itself is in time; the day is named as in `_until`."""
    at = _moment(deadline)
    if at.time() == dt.time() and not deadline.inclusive:
        return gettext("%(day)s から") % {"day": weekday_day(at.date())}
    day = "" if deadline == first else f"{weekday_day(at.date())} "
    from_then = gettext("%(day)s%(time)s を過ぎると") if deadline.inclusive else gettext("%(day)s%(time)s から")
    return from_then % {"day": day, "time": clock(at)}


def _side(left: Remaining | None, consequence: engine.Consequence) -> str:
    owed = money(consequence.total)
    return f"{_told(left, consequence)}\n{owed}" if left else owed


def _told(left: Remaining, consequence: engine.Consequence) -> str:
    return gettext("のこり %(number)s%(unit)s") % {
        "number": left.left + consequence.returned.get(left.pool, 0),
        "unit": left.unit,
    }


def _amount(rules: Consequences, consequence: engine.Consequence) -> str:
    """3日分: what counts as used or, where nothing does, what comes back."""
    return amount_of(consequence.counted or consequence.returned, rules.use.service, rules.terms)


def _counted_days(rules: Consequences, consequence: engine.Consequence) -> str:
    """3月11日・12日・13日の3日分 where each of its days counts; otherwise 1泊分, and "" where nothing counts."""
    if not consequence.counted:
        return ""
    days = engine.each_day(rules.use.first_day, rules.use.last_day)
    amount = _amount(rules, consequence)
    if consequence.counted[engine.counted_by(rules.use.service, rules.terms).code] != len(days):
        return amount
    return gettext("%(days_told)sの%(amount)s") % {"days_told": days_told(days), "amount": amount}


def days_told(days: Sequence[dt.date]) -> str:
    """3月11日・12日・4月1日: the month once."""
    told = [
        month_day(day) if day.month != before.month or day == days[0] else gettext("%(day)s日") % {"day": day.day}
        for before, day in zip((days[0], *days), days, strict=False)
    ]
    return "・".join(told)
