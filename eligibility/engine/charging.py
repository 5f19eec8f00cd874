"""What a use costs before anything is taken off: its priced units one by one, and the charges that they make up."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from eligibility.engine.amounts import resolve
from eligibility.engine.facts import Facts
from eligibility.engine.holding import Shortfall, held_on
from eligibility.engine.place import Place
from eligibility.engine.price import Extra, FirstUnits, Price
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline, version_for
from eligibility.engine.units import UnitKind
from eligibility.engine.uses import Use, children_of, count
from eligibility.engine.values import Amount, Source, Unpublished, Yen, total
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


class Charge(NamedTuple):
    """A line of the price, and which of the bill's units it is for: none where nothing can be taken off."""

    label: str
    arithmetic: str
    amount: Amount
    source: Source
    sample: bool
    units: range


@dataclass(slots=True)
class Bill:
    """Units and charges of one use; and the days on which a class does not hold for want of a proof."""

    units: list[Unit] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    shortfalls: dict[date, Shortfall] = field(default_factory=dict)


def bill_for(
    use: Use, *, facts: Facts, terms: Terms, place: Place, timeline: Timeline | None = None, beyond: bool = False
) -> Bill:
    """The full price of a use. `beyond` a limit, a unit costs what the programme says for that, if it says anything.

    Extras follow the version of the first day, also where the price itself changes from day to day.
    """
    return _Billing(use, facts, terms, place, timeline, beyond).bill()


def days_text(first: date, last: date, per: UnitKind) -> str:
    """5月12日〜14日; of nights 5月12日→13日, 5月31日→6月1日."""
    if per is UnitKind.DAYS:
        return month_days(first, last)
    morning = last + timedelta(days=1)
    until = f"{morning.day}日" if (morning.year, morning.month) == (first.year, first.month) else month_day(morning)
    return f"{month_day(first)}→{until}"


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
    """Carries what every charge of a use needs."""

    def __init__(
        self, use: Use, facts: Facts, terms: Terms, place: Place, timeline: Timeline | None, beyond: bool
    ) -> None:
        self.use, self.facts, self.terms, self.timeline, self.beyond = use, facts, terms, timeline, beyond
        self.entered, self.children = place.entered, children_of(use, facts)
        self.service = terms.service(use.service)
        self.label = f"{self.service.label}(上限を超えた分)" if beyond else self.service.label
        self.households: dict[date, str] = {}
        self.made = Bill()

    def bill(self) -> Bill:
        price = self._counting(self.service.price)
        days, first = self._days(price.per), price.first
        if first and days:
            self._first(days[: first.units], first, price)
        rest = days[first.units :] if first else days
        if price.per in BY_DAY:
            for day in rest:
                self._each([day], version_for(day, self.use.service, self.terms, self.timeline))
        elif rest:
            self._each(rest, self.terms)
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
        first, number = self.use.first_day, count(self.use, self.service, per, children=self.children)
        return [first + timedelta(days=ahead) for ahead in range(number)] if per in BY_DAY else [first] * number

    def _first(self, days: Sequence[date], first: FirstUnits, price: Price) -> None:
        """The units that cost so much together, by the version of the first day."""
        whole, sample = self._resolved(first.amount, days[0], self.terms)
        by_day = price.per in BY_DAY
        words = days_text(days[0], days[-1], price.per) if by_day else f"はじめの{units(len(days), price.per)}"
        self._put(words, days, split(whole, len(days)), price, self.terms, sample)

    def _each(self, days: Sequence[date], version: Terms) -> None:
        """A day or night alone, or all uses or hours: so much for each, by the version of the day."""
        price = self._counting(version.service(self.use.service).price)
        one, sample = self._resolved(price.amount, days[0], version)
        by_day = price.per in BY_DAY
        words = days_text(days[0], days[0], price.per) if by_day else times_text(one, len(days), price.per)
        self._put(words, days, [one] * len(days), price, version, sample)

    def _put(
        self, words: str, days: Sequence[date], amounts: list[Amount], price: Price, version: Terms, sample: bool
    ) -> None:
        """Units with their charge, and with that for each child after the first."""
        units_made, per = self.made.units, price.per
        covered = range(len(units_made), len(units_made) + len(days))
        note = f"({price.tax_note})" if price.tax_note else ""
        self.made.charges.append(Charge(self.label, words + note, total(amounts), price.source, sample, covered))
        if self.children > 1 and price.further_child is not None:
            more = self._further(price.further_child, price, days, version, covered)
            amounts = [total([amount, more]) for amount in amounts]
        for day, amount in zip(days, amounts, strict=True):
            units_made.append(Unit(day, version, self._household(day, version), per, amount, False))

    def _further(self, amount: Amount, price: Price, days: Sequence[date], version: Terms, covered: range) -> Amount:
        """The charge for the children after the first; how much of it falls to each unit."""
        one, sample = self._resolved(amount, days[0], version)
        number = self.children - 1
        words = f"{times_text(one, len(days), price.per)} × {number}人"
        source = price.further_child_source or price.source
        label = f"{self.service.label}の2人めから"
        self.made.charges.append(Charge(label, words, total([one] * (len(days) * number)), source, sample, covered))
        return total([one] * number)

    def _extra(self, extra: Extra) -> None:
        """What comes on top. Its units stand in the bill only where something can be taken off."""
        days = self._days(extra.per)
        if not days:
            return
        one, sample = self._resolved(extra.amount, days[0], self.terms)
        start = len(self.made.units)
        if extra.reducible:
            self.made.units += [
                Unit(day, self.terms, self._household(day, self.terms), extra.per, one, True) for day in days
            ]
        covered = range(start, len(self.made.units))
        words = times_text(one, len(days), extra.per)
        self.made.charges.append(Charge(extra.label, words, total([one] * len(days)), extra.source, sample, covered))

    def _resolved(self, amount: Amount, day: date, version: Terms) -> tuple[Amount, bool]:
        household = self._household(day, version)
        return resolve(amount, on=day, entered=self.entered, household_class=household)

    def _household(self, day: date, version: Terms) -> str:
        """The class of a day of this use; its shortfall, if any, is noted once."""
        if day not in self.households:
            household, shortfall = held_on(day, self.facts, version, self.use.first_day)
            self.households[day] = household.code
            if shortfall is not None:
                self.made.shortfalls[day] = shortfall
        return self.households[day]
