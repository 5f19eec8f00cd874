"""A service of a programme: until when it may be used, in which hours, at what price, and what cancelling it means."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from eligibility.engine.values import Amount, Source


class UnitKind(StrEnum):
    """What a pool counts and a price is for. A stay of N nights is N nights and N+1 days."""

    DAYS = "days"
    NIGHTS = "nights"
    USES = "uses"
    HOURS = "hours"


class ServiceKind(StrEnum):
    STAY = "stay"
    DAY = "day"
    VISIT = "visit"


class ArrangedBy(StrEnum):
    """Who settles the day: the parent books at the facility, or the centre assigns somebody."""

    FACILITY = "facility"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Use is possible while the child is under `months` months: the last day is the eve of that day."""

    months: int
    title: str
    source: Source


@dataclass(frozen=True, slots=True)
class Hours:
    """A stay runs from `opens` on its first day to `closes` on its last; others lie between the two on one day."""

    opens: time
    closes: time
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Duration:
    """The longest a single use may last, in hours."""

    hours: int
    hours_multiples: int
    source: Source

    def for_children(self, children: int) -> int:
        return self.hours_multiples if children > 1 else self.hours


@dataclass(frozen=True, slots=True)
class Price:
    """What the parent pays, before any waiver, for each night, day, use or started hour."""

    per: UnitKind
    amount: Amount
    source: Source


@dataclass(frozen=True, slots=True)
class ClosedSeason:
    """Days of each year without service, as (month, day), both included; it may run over the new year."""

    label: str
    first: tuple[int, int]
    last: tuple[int, int]
    source: Source


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Until when a cancellation is free, counted in calendar days before the first day of use."""

    days_before: int
    at: time | None
    """None: the whole of that day is in time."""
    inclusive: bool
    """Whether exactly `at` is still in time: 「まで」「を過ぎて」 yes, 「以降」 no."""
    source: Source


@dataclass(frozen=True, slots=True)
class Fee:
    """What a late cancellation or a no-show costs for one use, owed whatever the household class."""

    label: str
    amount: Amount
    amount_multiples: Amount
    source: Source

    def for_children(self, children: int) -> Amount:
        return self.amount_multiples if children > 1 else self.amount


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a late cancellation or a no-show: whether the booked units count as used, and the fee."""

    counts: bool
    fee: Fee | None
    source: Source


@dataclass(frozen=True, slots=True)
class Cancellation:
    text: str
    """The rule in plain words, for the page."""
    letter: str
    """The rule as a letter says it."""
    contact: str
    """Whom she tells."""
    deadline: DeadlineRule
    late: Outcome
    no_show: Outcome


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    label: str
    short_label: str
    kind: ServiceKind
    arranged_by: ArrangedBy
    summary: str
    care: tuple[str, ...]
    notes: tuple[str, ...]
    hours: Hours
    duration: Duration | None
    price: Price
    age_limit: AgeLimit
    cancellation: Cancellation
    closed: tuple[ClosedSeason, ...]
    vaccination: Source | None
    """The sentence that rules out the day of the child's vaccination, where there is one."""
