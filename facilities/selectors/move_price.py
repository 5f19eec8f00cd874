"""What the desk would collect on the days to which somebody has asked to move, before it answers."""

from copy import copy
from dataclasses import dataclass

from applications.public import standing_of
from eligibility import engine
from facilities.models import Move

from .guests import as_told, price_text
from .requoting import family_bookings, price_of_day
from .stored import quoted
from .uses import use_of
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class PriceAfter:
    """As on a card of a guest: `price_text`: 5,000円 × 2泊, "" where it would tell of the household."""

    to_pay: engine.Amount
    tax_note: str
    price_text: str


def price_after(move: Move) -> PriceAfter:
    """The booking's price on its new days, reckoned as accepting the move will; `move` came with its booking."""
    booking = copy(move.booking)
    booking.first_day, booking.last_day, booking.arrival = move.first_day, move.last_day, move.arrival
    versions = versions_of(move.municipality_id)
    facts = standing_of(booking.entitlement).facts(booking.first_day)
    price = quoted(price_of_day(booking, family_bookings(booking.entitlement), facts=facts, versions=versions))
    service = versions.terms_of(booking.service, booking.first_day).service(booking.service)
    return PriceAfter(as_told(price.total), service.price.tax_note, price_text(price, use_of(booking), service))
