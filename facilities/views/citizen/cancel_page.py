"""The page that says what cancelling costs before it asks: both sides of the deadline, in days and in yen."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from applications.public import dates_of, standing_of
from eligibility import engine
from eligibility.engine.wording import clock, money, month_day
from facilities.models import Booking
from facilities.selectors.cards import Card, card_of
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.uses import terms_of, use_of


@dataclass(frozen=True, slots=True)
class CancelPage:
    """`amount`: 3日分. `before` and `after` are the two sides of the deadline, each with its lines."""

    card: Card
    consequence: engine.Consequence
    amount: str
    before: str
    before_text: str
    after: str
    after_text: str
    counted_days: str
    left_after: str

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
    terms = terms_of(booking)
    use, facts = use_of(booking), dates_of(booking.entitlement.birth)
    deadline = engine.deadline_of(use, terms)
    card = card_of(booking, terms)
    left = _left(booking, bookings, on)
    free, late = (
        engine.cancel(use, facts=facts, terms=terms, contact_at=deadline.at + dt.timedelta(days=days))
        for days in (-1, 1)
    )
    return CancelPage(
        card=card,
        consequence=consequence,
        amount=engine.amount_text(use, card.service),
        before=deadline.wording.rpartition(") ")[2],
        before_text=_side(left, free),
        after="いま取り消すと" if consequence.kind is engine.ConsequenceKind.LATE else f"{clock(deadline.at)} から",
        after_text=_side(left, late),
        counted_days=_days(use) if consequence.counted else "",
        left_after=_told(left, consequence),
    )


def _left(booking: Booking, bookings: Iterable[Booking], on: dt.date) -> Remaining:
    standing = standing_of(booking.entitlement)
    return next(
        item
        for item in remaining(standing, bookings, on=on)
        if booking.service in {service.code for service in item.services}
    )


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
