"""The page that says what cancelling costs before it asks: both sides of the deadline, in days and in yen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from applications.public import Standing
from eligibility import engine
from eligibility.engine.wording import clock, money, month_day
from facilities.models import Booking
from facilities.selectors.cards import Card, card_of
from facilities.selectors.consequences import consequences_of
from facilities.selectors.remaining import Remaining, remaining


@dataclass(frozen=True, slots=True)
class CancelPage:
    """`amount`: 3日分. `before` and `after` are the two sides of the deadline, each with its lines.

    `two_sides` is False where no deadline is published; `changes`: other bookings whose price will be another.
    """

    card: Card
    consequence: engine.Consequence
    amount: str
    two_sides: bool
    before: str
    before_text: str
    after: str
    after_text: str
    counted_days: str
    left_after: str
    changes: tuple[engine.Repriced, ...]

    @property
    def late(self) -> bool:
        return self.consequence.kind is engine.ConsequenceKind.LATE

    @property
    def counts(self) -> bool:
        """Whether units are lost by it."""
        return bool(self.consequence.counted)


def cancel_page(
    booking: Booking, bookings: Iterable[Booking], consequence: engine.Consequence, *, on: dt.date
) -> CancelPage:
    rules = consequences_of(booking)
    deadline = rules.deadline
    card = card_of(booking, rules.terms)
    left = _left(rules.standing, booking, bookings, on)
    before = after = ("", "")
    if deadline.at:
        free, late = (rules.cancelled(deadline.at + dt.timedelta(days=days)) for days in (-1, 1))
        begins = (
            "いま取り消すと" if consequence.kind is engine.ConsequenceKind.LATE else _late_from(deadline.at, deadline)
        )
        before = (deadline.wording.rpartition(") ")[2], _side(left, free))
        after = (begins, _side(left, late))
    return CancelPage(
        card=card,
        consequence=consequence,
        amount=engine.amount_text(rules.use, rules.terms),
        two_sides=deadline.at is not None,
        before=before[0],
        before_text=before[1],
        after=after[0],
        after_text=after[1],
        counted_days=_days(rules.use) if consequence.counted else "",
        left_after=_told(left, consequence),
        changes=rules.changes(consequence),
    )


def _left(standing: Standing, booking: Booking, bookings: Iterable[Booking], on: dt.date) -> Remaining:
    return next(
        item
        for item in remaining(standing, bookings, on=on)
        if booking.service in {service.code for service in item.services}
    )


def _late_from(at: dt.datetime, deadline: engine.Deadline) -> str:
    """16:00 から, or 16:00 を過ぎると where that moment itself is still free."""
    return f"{clock(at)} を過ぎると" if deadline.inclusive else f"{clock(at)} から"


def _side(left: Remaining, consequence: engine.Consequence) -> str:
    return f"{_told(left, consequence)}\n{money(consequence.total)}"


def _told(left: Remaining, consequence: engine.Consequence) -> str:
    return f"のこり {left.left + consequence.returned.get(left.pool, 0)}{left.unit}"


def _days(use: engine.Use) -> str:
    """3月11日・12日・13日の3日分"""
    days = engine.each_day(use.first_day, use.last_day)
    told = [
        month_day(day) if day.month != before.month or day == days[0] else f"{day.day}日"
        for before, day in zip((days[0], *days), days, strict=False)
    ]
    return f"{'・'.join(told)}の{len(days)}日分"
