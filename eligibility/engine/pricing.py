"""What a use costs, every yen explained line by line, and the price table of a programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from eligibility.engine.facts import Facts
from eligibility.engine.service import Service, UnitKind
from eligibility.engine.terms import HouseholdClass, Pool, Terms, Waiver
from eligibility.engine.uses import Use, count
from eligibility.engine.values import Amount, Source, Unpublished, Yen, total
from eligibility.engine.wording import counter, money, month_day, units


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A cause of a price: what, how it is reckoned, how much (negative for what is taken off), by which sentence."""

    label: str
    arithmetic: str
    amount: Amount
    source: Source


@dataclass(frozen=True, slots=True)
class Quote:
    lines: tuple[QuoteLine, ...]
    total: Amount


@dataclass(frozen=True, slots=True)
class ClassPrice:
    """A service's price for one household class: 5,000円 and 1泊 5,000円."""

    household_class: str
    label: str
    amount: Amount
    text: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A service in the price table: what it costs each class, how often, in which hours."""

    service: str
    label: str
    per: UnitKind
    prices: tuple[ClassPrice, ...]
    limit_text: str
    hours_text: str
    duration_text: str
    source: Source

    def price_for(self, household_class: str) -> ClassPrice:
        return next(price for price in self.prices if price.household_class == household_class)


def quote(use: Use, *, household_class: str, terms: Terms, children: int = 1) -> Quote:
    """The price of a use for a class whose proof is in; an unpublished price stays unpublished."""
    service = terms.service(use.service)
    lines = _full_price(use, service, children)
    household = terms.household_class(household_class)
    if household.waiver:
        return _waived(household, household.waiver, lines)
    return Quote(lines, total([line.amount for line in lines]))


def effective_class(facts: Facts, terms: Terms) -> HouseholdClass:
    """The class that sets the price: the one she names, or the first of the programme while its proof is missing.

    Before anybody could hand in a proof (`proofs` None), the class she names is taken at its word.
    """
    named = terms.household_class(facts.household_class)
    if named.waiver is None or facts.proofs is None or named.waiver.proof.code in facts.proofs:
        return named
    return terms.classes[0]


def class_label(code: str, terms: Terms) -> str:
    return terms.household_class(code).label


def price_table(terms: Terms, *, children: int = 1) -> tuple[PriceRow, ...]:
    """One row for each service, with a price for each household class."""
    return tuple(price_row(service, terms, children=children) for service in terms.services)


def price_row(service: Service, terms: Terms, *, children: int = 1) -> PriceRow:
    return PriceRow(
        service=service.code,
        label=service.label,
        per=service.price.per,
        prices=tuple(_class_price(service, household) for household in terms.classes),
        limit_text=limit_text(service.code, terms, children=children),
        hours_text=service.hours.text,
        duration_text=_duration_text(service, children),
        source=service.price.source,
    )


def limit_text(service: str, terms: Terms, *, children: int = 1, limits: Mapping[str, int] | None = None) -> str:
    """How much of a service there is, by its own pools: 5泊6日まで, 5日まで, 2回まで.

    `limits` are those of a grant; without them the programme's own stand. Pools that it shares are left out.
    """
    own = {pool.unit: _limit(pool, children, limits) for pool in terms.pools_of(service) if pool.services == (service,)}
    if UnitKind.NIGHTS in own and UnitKind.DAYS in own:
        return f"{own[UnitKind.NIGHTS]}泊{own[UnitKind.DAYS]}日まで"
    return "・".join(f"{units(number, kind)}まで" for kind, number in own.items())


def _full_price(use: Use, service: Service, children: int) -> tuple[QuoteLine, ...]:
    price = service.price
    if price.per is UnitKind.NIGHTS:
        evenings = [use.first_day + timedelta(days=number) for number in range(use.nights)]
        return tuple(_line(service, _night(evening), price.amount) for evening in evenings)
    if price.per is UnitKind.DAYS:
        days = [use.first_day + timedelta(days=number) for number in range(use.days)]
        return tuple(_line(service, month_day(day), price.amount) for day in days)
    number = count(use, service, price.per, children=children)
    arithmetic = f"1{counter(price.per)} {money(price.amount)} × {units(number, price.per)}"
    return (_line(service, arithmetic, _times(price.amount, number)),)


def _line(service: Service, arithmetic: str, amount: Amount) -> QuoteLine:
    return QuoteLine(service.label, arithmetic, amount, service.price.source)


def _night(evening: date) -> str:
    """5月12日→13日, 5月31日→6月1日"""
    morning = evening + timedelta(days=1)
    until = f"{morning.day}日" if morning.month == evening.month else month_day(morning)
    return f"{month_day(evening)}→{until}"


def _waived(household: HouseholdClass, waiver: Waiver, lines: tuple[QuoteLine, ...]) -> Quote:
    """Everything taken off in one line; a price that is not published needs no number to be waived."""
    full = total([line.amount for line in lines])
    if isinstance(full, Unpublished):
        return Quote((QuoteLine(waiver.label, household.label, Yen(0), waiver.source),), Yen(0))
    return Quote((*lines, QuoteLine(waiver.label, household.label, Yen(-full), waiver.source)), Yen(0))


def _times(amount: Amount, number: int) -> Amount:
    return amount if isinstance(amount, Unpublished) else Yen(amount * number)


def _class_price(service: Service, household: HouseholdClass) -> ClassPrice:
    amount = service.price.amount if household.waiver is None else Yen(0)
    text = money(amount) if household.waiver else f"1{counter(service.price.per)} {money(amount)}"
    return ClassPrice(household.code, household.label, amount, text)


def _duration_text(service: Service, children: int) -> str:
    return f"1回{service.duration.for_children(children)}時間以内" if service.duration else ""


def _limit(pool: Pool, children: int, limits: Mapping[str, int] | None) -> int:
    return pool.limit_for(children) if limits is None else limits.get(pool.code, 0)
