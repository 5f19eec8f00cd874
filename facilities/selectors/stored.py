"""What a booking keeps as JSON, read back as pages want it: amounts are yen or the words for what is not published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eligibility import engine
from facilities.models import Booking


@dataclass(frozen=True, slots=True)
class StoredLine:
    label: str
    arithmetic: str
    amount: engine.Amount


@dataclass(frozen=True, slots=True)
class StoredPrice:
    lines: tuple[StoredLine, ...]
    total: engine.Amount


def price_of(booking: Booking) -> StoredPrice:
    """The quote, as shown when she asked or as frozen at check-in."""
    return _price(booking.quote)


def owed_of(booking: Booking) -> StoredPrice:
    """What a cancellation or a no-show costs."""
    return _price(booking.consequence)


def _price(record: Mapping[str, Any]) -> StoredPrice:
    lines = tuple(StoredLine(row["label"], row["arithmetic"], _amount(row["amount"])) for row in record["lines"])
    return StoredPrice(lines, _amount(record["total"]))


def _amount(kept: int | Mapping[str, str]) -> engine.Amount:
    if isinstance(kept, int):
        return engine.Yen(kept)
    return engine.Unpublished(kept["reason"], kept["who_knows"])
