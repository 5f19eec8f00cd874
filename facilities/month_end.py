"""A facility's months under one municipality, reckoned: what each claims, once, and what corrects an earlier one.

Pure: no Django, no database, no clock. Amounts are whole yen. A use is claimed in the month of its last day, an absence
in the month in which it was recorded. A month that was sent is closed: its lines stand. One that the municipality has
agreed to is settled: what becomes otherwise afterwards is claimed, with its sign, in the next open month.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

USE, LATE_CANCEL, NO_SHOW = "use", "late_cancel", "no_show"


@dataclass(frozen=True, slots=True)
class Amounts:
    """`price`: what the contract pays in all; `collected`: the part that she paid there. The rest is claimed."""

    price: int = 0
    collected: int = 0

    @property
    def public_share(self) -> int:
        return self.price - self.collected

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.price + other.price, self.collected + other.collected)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.price - other.price, self.collected - other.collected)


NOTHING = Amounts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one booking comes to today.

    `month`: the first day of the one that claims it; `price` None: the contract has no amount for it; `collected` None:
    nobody knows what she paid, or was to pay.
    """

    booking: int
    month: dt.date
    kind: str
    price: int | None
    collected: int | None

    @property
    def claims_nothing(self) -> bool:
        """An absence for which the contract pays nothing, or no more than she paid herself."""
        return self.kind != USE and (self.price is None or (self.collected or 0) > self.price)

    @property
    def overpaid(self) -> bool:
        """A use for which she paid more than the contract is worth: a mistake somewhere."""
        return self.kind == USE and self.price is not None and (self.collected or 0) > self.price

    @property
    def amounts(self) -> Amounts | None:
        """None as long as they are not determined: nothing is guessed, and the month cannot be sent."""
        if self.claims_nothing:
            return NOTHING
        if self.price is None or self.collected is None or self.overpaid:
            return None
        return Amounts(self.price, self.collected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A line of a closed month; `corrects`: whether it corrects another."""

    line: int
    booking: int
    month: dt.date
    corrects: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line to be: of a booking never claimed before, or the difference to what was claimed of it.

    `amounts` None: not determined. `late`: it belongs to a settled month that did not have it. `corrects`: the first
    line of the booking. `claim` None: the booking comes to nothing any more.
    """

    booking: int
    claim: Claim | None
    amounts: Amounts | None
    late: bool = False
    corrects: int | None = None

    @property
    def claims_nothing(self) -> bool:
        return self.corrects is None and self.claim is not None and self.claim.claims_nothing


@dataclass(frozen=True)
class Ledger:
    """All that is claimed and to be claimed of one facility under one municipality.

    `claims` by booking; `closed`: month → whether it is settled; `this_month`: the first day of the running one.
    """

    claims: Mapping[int, Claim]
    earlier: Sequence[Earlier]
    closed: Mapping[dt.date, bool]
    this_month: dt.date

    def entries(self, month: dt.date) -> list[Entry]:
        """What an open month claims: its own bookings, those that a settled month lacks, and corrections."""
        own = [Entry(booking=claim.booking, claim=claim, amounts=claim.amounts) for claim in self._own(month)]
        late = [
            Entry(booking=claim.booking, claim=claim, amounts=claim.amounts, late=True)
            for claim in self.unclaimed
            if self.closed.get(claim.month) and self.goes_to(claim.month) == month
        ]
        return [*own, *late, *(entry for after, entry in self._corrections if self.goes_to(after) == month)]

    @cached_property
    def unclaimed(self) -> tuple[Claim, ...]:
        """Of bookings without a line in a closed month."""
        return tuple(claim for claim in self.claims.values() if claim.booking not in self._lines)

    @cached_property
    def open_months(self) -> tuple[dt.date, ...]:
        """Those with bookings of their own to claim, and the last one that is over, or after that is sent the next."""
        last = _month_before(self.this_month)
        months = {claim.month for claim in self.unclaimed if claim.month not in self.closed}
        return tuple(sorted(months | {self.this_month if last in self.closed else last}))

    def goes_to(self, month: dt.date) -> dt.date:
        """The open month that takes what a settled one lacks."""
        return next((later for later in self.open_months if later > month), self.this_month)

    def overlooked(self, month: dt.date) -> list[Claim]:
        """What belongs to a month that was sent without it and is not settled yet."""
        return self._own(month) if self.closed.get(month) is False else []

    def _own(self, month: dt.date) -> list[Claim]:
        return [claim for claim in self.unclaimed if claim.month == month and not self.closed.get(month)]

    @cached_property
    def _lines(self) -> Mapping[int, list[Earlier]]:
        found: defaultdict[int, list[Earlier]] = defaultdict(list)
        for line in self.earlier:
            found[line.booking].append(line)
        return found

    @cached_property
    def _corrections(self) -> list[tuple[dt.date, Entry]]:
        """Each after the last month that has a line of its booking."""
        return list(self._find_corrections())

    def _find_corrections(self) -> Iterator[tuple[dt.date, Entry]]:
        for booking, lines in self._lines.items():
            first = next((line for line in lines if not line.corrects), None)
            if first is None or not self.closed.get(first.month):
                continue
            claim = self.claims.get(booking)
            fresh = claim.amounts if claim else NOTHING
            if fresh is None or fresh == (so_far := total(line.amounts for line in lines)):
                continue
            entry = Entry(booking=booking, claim=claim, amounts=fresh - so_far, corrects=first.line)
            yield max(line.month for line in lines), entry


def total(amounts: Iterable[Amounts]) -> Amounts:
    return sum(amounts, NOTHING)


def _month_before(month: dt.date) -> dt.date:
    return (month - dt.timedelta(days=1)).replace(day=1)
