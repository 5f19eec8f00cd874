"""What a service costs a household class, in one plain text: 1日 5,000円(はじめの5回)、そのあと7,500円."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from eligibility.engine.amounts import resolve
from eligibility.engine.charging import split
from eligibility.engine.classes import HouseholdClass, Reduction
from eligibility.engine.place import Place
from eligibility.engine.pools import Beyond
from eligibility.engine.price import Extra, FirstUnits, PublicShare
from eligibility.engine.quote_line import SAMPLE
from eligibility.engine.reducing import FOR_EXTRAS, left_after, reductions_of
from eligibility.engine.service import Service, ServiceKind
from eligibility.engine.terms import Terms
from eligibility.engine.units import UnitKind
from eligibility.engine.values import Amount, Unpublished, Yen, total
from eligibility.engine.wording import counter, money, stay, units


@dataclass(frozen=True, slots=True)
class ClassPrice:
    """A service's price for one household class: 5,000円 and 1泊 5,000円."""

    household_class: str
    label: str
    amount: Amount
    """What the first unit costs or, where the first ones have a price together, these."""
    text: str


class _Cost(NamedTuple):
    """What a unit costs, and what the first ones cost together if they have a price of their own."""

    each: Amount
    first: Amount | None


def class_price(
    service: Service, terms: Terms, household: HouseholdClass, *, children: int, place: Place, on: date
) -> ClassPrice:
    """The price of a service for a class that is proved, with the amounts entered for a place by a day."""
    told = _Telling(service, terms, household.code, children, place, on)
    cost = told.cost(1)
    return ClassPrice(household.code, household.label, cost.each if cost.first is None else cost.first, told.text())


class _Telling:
    """Carries what the parts of the text share."""

    def __init__(self, service: Service, terms: Terms, household: str, children: int, place: Place, on: date) -> None:
        self.service, self.price, self.household = service, service.price, household
        self.further, self.entered, self.on = max(0, children - 1), place.entered, on
        self.reductions = reductions_of(service.code, household, terms)
        self.goes_on = any(pool.beyond is Beyond.FULL_PRICE for pool in terms.pools_of(service.code))
        self.sampled = False

    def cost(self, turn: int) -> _Cost:
        """What is left to pay of a unit that is the first, second, … use."""
        price, surcharge = self.price, self._surcharge()
        each = self._left(total([self._resolved(price.amount), surcharge]), turn)
        if price.first is None:
            return _Cost(each, None)
        parts = split(self._resolved(price.first.amount), price.first.units)
        return _Cost(each, total([self._left(total([part, surcharge]), turn) for part in parts]))

    def _surcharge(self) -> Amount:
        """What the further children cost together, for each unit."""
        if not self.further or self.price.further_child is None:
            return Yen(0)
        return total([self._resolved(self.price.further_child)] * self.further)

    def text(self) -> str:
        segments = self._segments()
        extras = [self._extra(extra) for extra in self.price.extras]
        words = "、".join(self._segment(number, end, cost) for number, (end, cost) in enumerate(segments))
        amounts = [*(amount for _, cost in segments for amount in cost), *(amount for amount, _ in extras)]
        return words + "".join(more for _, more in extras) + self._beyond() + self._notes(amounts)

    def _segments(self) -> list[tuple[int | None, _Cost]]:
        """The costs one after the other, each with the last use that it holds for; the last one has no end."""
        cuts = sorted({item.first.number for item in self.reductions if item.first})
        costs = [self.cost(turn) for turn in (1, *(cut + 1 for cut in cuts))]
        following = [*costs[1:], None]
        told = zip([*cuts, None], costs, following, strict=True)
        return [(end, cost) for end, cost, after in told if cost != after]

    def _segment(self, number: int, end: int | None, cost: _Cost) -> str:
        """1日 5,000円(はじめの5回) and そのあと7,500円; between two of them 5回めまで6,000円."""
        words = self._words(cost, short=number > 0)
        if number == 0:
            return words if end is None else f"{words}(はじめの{end}回)"
        return f"そのあと{words}" if end is None else f"{end}回めまで{words}"

    def _words(self, cost: _Cost, *, short: bool) -> str:
        """1日 5,000円, or 1泊2日 13,000円、以降1日 6,500円."""
        first = self.price.first
        in_one_word = isinstance(cost.each, Unpublished) or not cost.each
        if first is None or cost.first is None or (cost.first == cost.each and in_one_word):
            return self._each(cost.each, short=short)
        return f"{self._together(first)} {money(cost.first)}、以降{self._each(cost.each, short=False)}"

    def _each(self, amount: Amount, *, short: bool) -> str:
        if isinstance(amount, Unpublished):
            return self._less_share(self.price.share, amount) if self.price.share else amount.reason
        return money(amount) if short or not amount else f"1{counter(self.price.per)} {money(amount)}"

    def _less_share(self, share: PublicShare, left: Unpublished) -> str:
        """施設の料金から公費負担額を引いた額, with as much of it as is known, and the words for what is not."""
        full = self._known(self.price.amount, f"1{counter(self.price.per)}") or "施設の料金"
        borne = self._known(share.amount, share.label) or share.label
        return f"{full}から{borne}を引いた額。{left.reason}"

    def _known(self, amount: Amount, label: str) -> str:
        """公費負担額 20,000円(見本の額); nothing where it is not known."""
        found, sample = self._found(amount)
        if isinstance(found, Unpublished):
            return ""
        return f"{label} {money(found)}" + (f"({SAMPLE})" if sample else "")

    def _together(self, first: FirstUnits) -> str:
        """1泊2日 of a stay; はじめの2時間 of anything else."""
        if self.service.kind is ServiceKind.STAY:
            return stay(first.units if self.price.per is UnitKind.NIGHTS else first.units - 1)
        return f"はじめの{units(first.units, self.price.per)}"

    def _extra(self, extra: Extra) -> tuple[Amount, str]:
        """+ 交通費相当 500円; nothing where nothing is left of it."""
        amount = self._resolved(extra.amount)
        if extra.reducible:
            amount = self._left(amount, 1, [item for item in self.reductions if item.kind in FOR_EXTRAS])
        if isinstance(amount, Unpublished):
            return amount, f" + {extra.label}({amount.reason})"
        each = money(amount) if extra.per is self.price.per else f"1{counter(extra.per)} {money(amount)}"
        return amount, f" + {extra.label} {each}" if amount else ""

    def _beyond(self) -> str:
        """、上限を超えた分は1日 9,900円, where use goes on at full price: what is said for that, else the price."""
        if not self.goes_on:
            return ""
        said = self.price.amount if self.price.beyond_limit is None else self.price.beyond_limit
        full = total([self._resolved(said), self._surcharge()])
        return "、上限を超えた分は" + (
            full.reason if isinstance(full, Unpublished) else f"1{counter(self.price.per)} {money(full)}"
        )

    def _notes(self, amounts: list[Amount | None]) -> str:
        """(2人分・税抜・見本の額), as far as a number is shown."""
        if not any(amount and not isinstance(amount, Unpublished) for amount in amounts):
            return ""
        people = f"{self.further + 1}人分" if self.further and self.price.further_child is not None else ""
        notes = [note for note in (people, self.price.tax_note, SAMPLE if self.sampled else "") if note]
        return f"({'・'.join(notes)})" if notes else ""

    def _left(self, amount: Amount, turn: int, reductions: Sequence[Reduction] | None = None) -> Amount:
        """What the reductions leave of a unit that is the first, second, … use."""
        for item in self.reductions if reductions is None else reductions:
            if item.first is None or turn <= item.first.number:
                amount = left_after(item, self._resolved(item.amount or Yen(0)), amount)
        return amount

    def _resolved(self, amount: Amount) -> Amount:
        found, sample = self._found(amount)
        self.sampled = self.sampled or sample
        return found

    def _found(self, amount: Amount) -> tuple[Amount, bool]:
        return resolve(amount, on=self.on, entered=self.entered, household_class=self.household)
