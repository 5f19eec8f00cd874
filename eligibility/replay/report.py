"""What a replay found: numbers of all, and the first entries of each list."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_LISTED = 200
"""So many entries of a list are kept."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What a mother pays in yen for the uses that either side allows, where the two differ."""

    case: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class RefusedUse:
    """A booking that the draft refuses. `sentence` is the rule's own."""

    booking: str
    case: str
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangedDecision:
    """`before` and `after` are the labels of the verdicts."""

    case: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class MovedPeriod:
    """First and last day of use, as 2026-05-14; "" where none is known."""

    case: str
    services: str
    before: tuple[str, str]
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """`cheaper` to `unknown` and `changed`, `moved` count mothers, `refused` bookings."""

    households: int
    bookings: int
    cheaper: int
    dearer: int
    same: int
    unknown: int
    """An amount is not published on one side, so nobody can tell."""
    sum_before: int
    """Yen, of all uses that both sides allow and whose price is known."""
    sum_after: int
    refused: int
    changed: int
    moved: int
    payments: tuple[Payment, ...]
    refusals: tuple[RefusedUse, ...]
    decisions: tuple[ChangedDecision, ...]
    periods: tuple[MovedPeriod, ...]


def joined(earlier: Mapping[str, Any] | None, report: Report) -> dict[str, Any]:
    """A report as JSON, added to that of other households: numbers add up, lists go on until they are long enough."""
    told = asdict(report)
    if earlier is None:
        return told
    lists = {name: [*earlier[name], *rows][:MOST_LISTED] for name, rows in told.items() if not isinstance(rows, int)}
    return {name: number + earlier[name] for name, number in told.items() if isinstance(number, int)} | lists


@dataclass(slots=True)
class Tally:
    """What has been found so far."""

    households: int = 0
    bookings: int = 0
    same: int = 0
    unknown: int = 0
    moved: int = 0
    sum_before: int = 0
    sum_after: int = 0
    payments: list[Payment] = field(default_factory=list)
    refusals: list[RefusedUse] = field(default_factory=list)
    decisions: list[ChangedDecision] = field(default_factory=list)
    periods: list[MovedPeriod] = field(default_factory=list)

    def report(self) -> Report:
        cheaper = sum(item.after < item.before for item in self.payments)
        return Report(
            households=self.households,
            bookings=self.bookings,
            cheaper=cheaper,
            dearer=len(self.payments) - cheaper,
            same=self.same,
            unknown=self.unknown,
            sum_before=self.sum_before,
            sum_after=self.sum_after,
            refused=len(self.refusals),
            changed=len({item.case for item in self.decisions}),
            moved=self.moved,
            payments=tuple(self.payments[:MOST_LISTED]),
            refusals=tuple(self.refusals[:MOST_LISTED]),
            decisions=tuple(self.decisions[:MOST_LISTED]),
            periods=tuple(self.periods[:MOST_LISTED]),
        )
