"""What a use costs before anything is taken off: its priced units one by one, and the charges that they make up."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from eligibility.engine.amounts import resolve
from eligibility.engine.facts import Facts
from eligibility.engine.holding import Shortfall, held_on
from eligibility.engine.place import Place
from eligibility.engine.price import Extra, FirstUnits, Price
from eligibility.engine.quote_line import QuoteLine, told
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline, version_for
from eligibility.engine.units import UnitKind
from eligibility.engine.uses import Use, children_of, count
from eligibility.engine.values import Amount, Unpublished, Yen, total
from eligibility.engine.wording import counter, money, month_day, month_days, units

BY_DAY = frozenset({UnitKind.DAYS, UnitKind.NIGHTS})
"""Units of which each has a day of its own."""


class Unit(NamedTuple):
    """A night, day, use or hour of the price, or one of an extra: what it costs, by which version, for which class."""

    day: date
    """Of a night its evening; of an hour the day of the visit."""
    terms: Terms
    household: str
    per: UnitKind
    amount: Amount
    extra: bool


@dataclass(slots=True)
class Bill:
    """The priced units of one use and the lines that they make up."""

    units: list[Unit] = field(default_factory=list)
    lines: list[QuoteLine] = field(default_factory=list)
    covers: list[range] = field(default_factory=list)
    """For each line the positions of its units: none where nothing can be taken off."""
    shortfalls: dict[date, Shortfall] = field(default_factory=dict)
    """Days on which the class she names does not hold for want of a proof."""

    def add(self, units: Sequence[Unit], *lines: QuoteLine) -> None:
        """Units, each with a share in every one of the lines."""
        covered = range(len(self.units), len(self.units) + len(units))
        self.units += units
        self.lines += lines
        self.covers += [covered] * len(lines)

    def lines_without(self, settled: set[int]) -> list[QuoteLine]:
        """The lines that are still needed where the units at these positions have a line elsewhere."""
        told = zip(self.lines, self.covers, strict=True)
        return [line for line, covered in told if not covered or not settled.issuperset(covered)]


def bill_for(
    use: Use, *, facts: Facts, terms: Terms, place: Place, timeline: Timeline | None = None, beyond: bool = False
) -> Bill:
    """The full price of a use. `beyond` a limit, a unit costs what the programme says for that, if it says anything.

    Extras follow the version of the first day, also where the price itself changes from day to day.
    """
    return _Billing(use, facts, terms, place, timeline, beyond).bill()


@lru_cache(maxsize=4096)
def days_text(first: date, last: date, per: UnitKind) -> str:
    """5月12日〜14日; of nights 5月12日→13日, 5月31日→6月1日."""
    if per is UnitKind.DAYS:
        return month_days(first, last)
    morning = last + timedelta(days=1)
    until = f"{morning.day}日" if morning.month == first.month else month_day(morning)
    return f"{month_day(first)}→{until}"


@lru_cache(maxsize=4096)
def times_text(each: Amount, number: int, per: UnitKind) -> str:
    """1時間 600円 × 2時間; 2時間 where the amount is not published."""
    if isinstance(each, Unpublished):
        return units(number, per)
    return f"1{counter(per)} {money(each)} × {units(number, per)}"


def split(amount: Amount, parts: int) -> list[Amount]:
    """An amount for several units as one for each, evenly; what does not divide falls to the last."""
    if isinstance(amount, Unpublished):
        return [amount] * parts
    each = amount // parts
    return [*[Yen(each)] * (parts - 1), Yen(amount - each * (parts - 1))]


class _Billing:
    """Carries what every line of a use needs."""

    def __init__(
        self, use: Use, facts: Facts, terms: Terms, place: Place, timeline: Timeline | None, beyond: bool
    ) -> None:
        self.use, self.facts, self.terms, self.timeline, self.beyond = use, facts, terms, timeline, beyond
        self.entered, self.children = place.entered, children_of(use, facts)
        self.service = terms.service(use.service)
        self.label = f"{self.service.label}(上限を超えた分)" if beyond else self.service.label
        self.note = f"({self.service.price.tax_note})" if self.service.price.tax_note else ""
        self.households: dict[date, str] = {}
        self.made = Bill()

    def bill(self) -> Bill:
        price = self._counting(self.service.price)
        days, first = self._days(price.per), price.first
        if first and days:
            self._first(days[: first.units], first, price)
            days = days[first.units :]
        if price.per not in BY_DAY:
            self._counted(days, price)
        elif self.timeline is None:
            self._by_day(days, price, self.terms)
        else:
            for day in days:
                version = version_for(day, self.use.service, self.terms, self.timeline)
                self._by_day([day], self._counting(version.service(self.use.service).price), version)
        for extra in price.extras:
            self._extra(extra)
        return self.made

    def _counting(self, price: Price) -> Price:
        """The price that counts: within a limit the price itself, beyond it what the programme says for that."""
        if self.beyond and price.beyond_limit is not None:
            return replace(price, amount=price.beyond_limit, first=None)
        return price

    def _days(self, per: UnitKind) -> list[date]:
        """The day of each unit of a kind."""
        number = count(self.use, self.service, per, children=self.children)
        if per not in BY_DAY:
            return [self.use.first_day] * number
        first = self.use.first_day.toordinal()
        return [date.fromordinal(day) for day in range(first, first + number)]

    def _first(self, days: Sequence[date], first: FirstUnits, price: Price) -> None:
        """The units that cost so much together, by the version of the first day."""
        per = price.per
        whole, sample = self._resolved(first.amount, days[0], self.terms)
        words = days_text(days[0], days[-1], per) if per in BY_DAY else f"はじめの{units(len(days), per)}"
        made = [self._unit(day, self.terms, per, part) for day, part in zip(days, split(whole, len(days)), strict=True)]
        self._charge(words, whole, sample, price, made)

    def _by_day(self, days: Sequence[date], price: Price, version: Terms) -> None:
        """Days or nights of one version, in a line each."""
        per = price.per
        for day in days:
            amount, sample = self._resolved(price.amount, day, version)
            self._charge(days_text(day, day, per), amount, sample, price, [self._unit(day, version, per, amount)])

    def _counted(self, days: Sequence[date], price: Price) -> None:
        """Uses or hours, in one line."""
        one, sample = self._resolved(price.amount, self.use.first_day, self.terms)
        made = [self._unit(day, self.terms, price.per, one) for day in days]
        if made:
            words = times_text(one, len(made), price.per)
            self._charge(words, total([one] * len(made)), sample, price, made)

    def _charge(self, words: str, whole: Amount, sample: bool, price: Price, made: list[Unit]) -> None:
        """Units with their line, and with that for each child after the first."""
        line = told(self.label, words + self.note, whole, price.source, sample)
        if self.children <= 1 or price.further_child is None:
            self.made.add(made, line)
            return
        one, sample = self._resolved(price.further_child, made[0].day, made[0].terms)
        number = self.children - 1
        more = total([one] * number)
        words = f"{times_text(one, len(made), price.per)} × {number}人{self.note}"
        source = price.further_child_source or price.source
        further = told(f"{self.service.label}の2人めから", words, total([more] * len(made)), source, sample)
        self.made.add([unit._replace(amount=total([unit.amount, more])) for unit in made], line, further)

    def _extra(self, extra: Extra) -> None:
        """What comes on top. Its units stand in the bill only where something can be taken off."""
        one, sample = self._resolved(extra.amount, self.use.first_day, self.terms)
        days = self._days(extra.per)
        if days:
            words = times_text(one, len(days), extra.per) + self.note
            line = told(extra.label, words, total([one] * len(days)), extra.source, sample)
            made = [self._unit(day, self.terms, extra.per, one, extra=True) for day in days if extra.reducible]
            self.made.add(made, line)

    def _unit(self, day: date, version: Terms, per: UnitKind, amount: Amount, *, extra: bool = False) -> Unit:
        return Unit(day, version, self._household(day, version), per, amount, extra)

    def _resolved(self, amount: Amount, day: date, version: Terms) -> tuple[Amount, bool]:
        if not self.entered:
            return amount, False
        return resolve(amount, on=day, entered=self.entered, household_class=self._household(day, version))

    def _household(self, day: date, version: Terms) -> str:
        """The class of a day of this use; its shortfall, if any, is noted once."""
        if day not in self.households:
            household, shortfall = held_on(day, self.facts, version, self.use.first_day)
            self.households[day] = household.code
            if shortfall is not None:
                self.made.shortfalls[day] = shortfall
        return self.households[day]
