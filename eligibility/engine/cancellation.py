"""What a programme says about cancelling: tiers by deadline, each with what counts and what is owed."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from eligibility.engine.values import Amount, Source, Unpublished


class Counts(StrEnum):
    """How many of the booked units count as used."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


class FeeKind(StrEnum):
    PER_USE = "per_use"
    """One amount for the use, however long."""
    PER_UNIT = "per_unit"
    """The amount for each unit of the service's price: each day, night or hour booked."""
    COPAYMENT = "copayment"
    """A percentage of what she would have paid."""


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A moment counted back from the first day of use, in calendar days or in the office's working days."""

    days_before: int
    at: time | None
    """None: the whole of that day is in time."""
    inclusive: bool
    """Whether exactly `at` is still in time: 「まで」「を過ぎて」 yes, 「以降」 no."""
    source: Source
    working: bool = False


@dataclass(frozen=True, slots=True)
class Fee:
    """What a late cancellation or a no-show costs."""

    label: str
    kind: FeeKind
    amount: Amount | None
    """None for a share of the copayment."""
    amount_multiples: Amount | None
    source: Source
    percent: int = 100
    except_classes: frozenset[str] = frozenset()
    """Household classes that owe nothing."""

    def for_children(self, children: int) -> Amount | None:
        return self.amount_multiples if children > 1 else self.amount


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a late cancellation or a no-show: which units count as used, and the fee."""

    counts: Counts
    fee: Fee | None
    source: Source
    units: int = 0
    """With `Counts.SOME`: how many of each pool, at most what was booked."""


@dataclass(frozen=True, slots=True)
class Tier:
    """From the moment after `deadline` on, `outcome` follows; a later tier is never milder."""

    deadline: DeadlineRule
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Cancellation:
    text: str
    """The rule in plain words, for the page."""
    letter: str
    """The rule as a letter says it."""
    contact: str
    """Whom she tells."""
    tiers: tuple[Tier, ...]
    """In order of time, the first is the end of what is free; empty where no rule is published."""
    no_show: Outcome
    unpublished: Unpublished | None = None
    """What is said where there are no tiers."""
    source: Source | None = None
    """Why there are no tiers."""
