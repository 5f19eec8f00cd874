"""What is known of past cases: households, what was decided, and their bookings as uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from eligibility import engine


@dataclass(frozen=True, slots=True)
class PastUse:
    """A booking that was not turned down. `contact_at` is that of its cancellation, if it was cancelled."""

    number: str
    use: engine.Use
    asked_on: date
    place: engine.Place = engine.ANYWHERE
    contact_at: datetime | None = None
    not_attended: bool = False


@dataclass(frozen=True, slots=True)
class PastDecision:
    """`facts` are those it was taken on."""

    facts: engine.Facts
    on: date


@dataclass(frozen=True, slots=True)
class PastHousehold:
    """A mother with one birth. `number` is that of her application, "" where there is none (coupons, paper)."""

    number: str
    facts: engine.Facts
    """As they are known now: with the birth, and the classes by their days."""
    decisions: tuple[PastDecision, ...] = ()
    services: frozenset[str] = frozenset()
    """Those granted."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Pool code → units granted."""
    applied_on: date | None = None
    uses: tuple[PastUse, ...] = ()
