"""What a service costs, as a programme says it: by unit, first and further, extras, the public share."""

from dataclasses import dataclass

from eligibility.engine.units import UnitKind
from eligibility.engine.values import Amount, Source


@dataclass(frozen=True, slots=True)
class FirstUnits:
    """The first units of a use cost so much together (1泊2日 13,000円); the price's amount is for each further one."""

    units: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Extra:
    """What comes on top of the price: travel, a meal. Not lowered by reductions unless it says so."""

    label: str
    per: UnitKind
    amount: Amount
    reducible: bool
    source: Source


@dataclass(frozen=True, slots=True)
class PublicShare:
    """What the municipality bears of a facility's price, for each unit; the parent pays the rest, never below zero."""

    label: str
    amount: Amount
    source: Source


@dataclass(frozen=True, slots=True)
class Price:
    """What the parent pays, before any reduction, for each night, day, use or started hour."""

    per: UnitKind
    amount: Amount
    source: Source
    first: FirstUnits | None = None
    further_child: Amount | None = None
    """On top, for each unit and each child after the first."""
    further_child_source: Source | None = None
    extras: tuple[Extra, ...] = ()
    share: PublicShare | None = None
    beyond_limit: Amount | None = None
    """For each unit beyond a pool that lets her go on at full price; None: the price itself, without reductions."""
    tax_note: str = ""
    """税抜, where the page says so."""
