"""What it means that a booking did not take place, as it was recorded."""

import datetime as dt
from dataclasses import dataclass

from eligibility import engine
from facilities.models import Booking

from .stored import StoredLine, owed_of


@dataclass(frozen=True, slots=True)
class Receipt:
    """A cancellation or a no-show, the same for both sides.

    `contact_at` is when she told somebody, `recorded_at` when it was typed in; `counts` whether units are lost.
    """

    contact_at: dt.datetime | None
    recorded_at: dt.datetime
    counts: bool
    fact: str
    lines: tuple[StoredLine, ...]
    total: engine.Amount
    money_text: str
    sentence: str


def receipt_of(booking: Booking) -> Receipt | None:
    """The receipt of a cancellation or a no-show; None for any other booking."""
    if not booking.consequence or booking.closed_at is None:
        return None
    owed = owed_of(booking)
    return Receipt(
        contact_at=booking.contact_at,
        recorded_at=booking.closed_at,
        counts=bool(booking.consequence["counted"]),
        fact=booking.consequence["fact"],
        lines=owed.lines,
        total=owed.total,
        money_text=booking.consequence["money_text"],
        sentence=booking.consequence["source"],
    )
