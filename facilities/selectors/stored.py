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
    sample: bool


@dataclass(frozen=True, slots=True)
class StoredPrice:
    lines: tuple[StoredLine, ...]
    total: engine.Amount

    @property
    def sampled(self) -> bool:
        """Whether it rests on a 見本の額."""
        return any(line.sample for line in self.lines)


def price_of(booking: Booking) -> StoredPrice:
    """The quote, as told last: when she asked, when another booking changed it, or as frozen at check-in."""
    return price_kept(booking.quote)


def owed_of(booking: Booking) -> StoredPrice:
    """What a cancellation or a no-show costs."""
    return price_kept(booking.consequence)


def copayment_of(booking: Booking) -> engine.Quote:
    """The price she was told, for a fee that is a share of it. Sentences are not kept with it."""
    price = price_of(booking)
    unsaid = engine.Source("", "")
    lines = (engine.QuoteLine(line.label, line.arithmetic, line.amount, unsaid, line.sample) for line in price.lines)
    return engine.Quote(tuple(lines), price.total)


def quoted(quote: engine.Quote) -> StoredPrice:
    """A quote that is not kept yet, as it will be."""
    lines = (StoredLine(line.label, line.arithmetic, line.amount, line.sample) for line in quote.lines)
    return StoredPrice(tuple(lines), quote.total)


def price_kept(record: Mapping[str, Any]) -> StoredPrice:
    """The lines and the total of a quote or a consequence."""
    return StoredPrice(tuple(map(_line, record["lines"])), _amount(record["total"]))


def _line(row: Mapping[str, Any]) -> StoredLine:
    return StoredLine(row["label"], row["arithmetic"], _amount(row["amount"]), row.get("sample", False))


def _amount(kept: int | Mapping[str, str]) -> engine.Amount:
    if isinstance(kept, int):
        return engine.Yen(kept)
    return engine.Unpublished(kept["reason"], kept["who_knows"], kept.get("key", ""))
