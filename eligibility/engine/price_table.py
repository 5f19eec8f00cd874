"""The price table of a programme: per service what it costs each class, in words, how often and in which hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eligibility.engine.class_price import ClassPrice, class_price
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.pools import Pool
from eligibility.engine.service import Service, ServiceKind
from eligibility.engine.terms import Terms
from eligibility.engine.units import UnitKind
from eligibility.engine.values import Source
from eligibility.engine.wording import minutes_text, pool_units, stay, units


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
        """The price for a class; that of the programme's first where none is named."""
        if not household_class:
            return self.prices[0]
        return next(price for price in self.prices if price.household_class == household_class)


def price_row(
    service: Service, terms: Terms, *, children: int = 1, place: Place = ANYWHERE, on: date = date.max
) -> PriceRow:
    """A service's row; with the amounts entered for a place that have begun `on` a day, by default the latest."""
    if place.entered:
        return _row(service, terms, children, place, on)
    return _published_row(service, terms, children)


def limit_text(service: str, terms: Terms, *, children: int = 1, limits: Mapping[str, int] | None = None) -> str:
    """How much of a service there is, by its own pools (5泊6日まで), else by those it shares (あわせて7回まで).

    A stay that has a limit in days of its own is told as its longest: 6泊7日まで.

    `limits` are those of a grant; without them the programme's own stand.
    """
    pools = terms.pools_of(service)
    own = [pool for pool in pools if pool.services == (service,)]
    numbers = {pool.unit: _limit(pool, children, limits) for pool in own}
    if UnitKind.NIGHTS in numbers and UnitKind.DAYS in numbers:
        return f"{numbers[UnitKind.NIGHTS]}泊{numbers[UnitKind.DAYS]}日まで"
    if terms.service(service).kind is ServiceKind.STAY and [pool.unit for pool in own] == [UnitKind.DAYS]:
        return f"{_as_stay(numbers[UnitKind.DAYS])}まで"
    lead = "" if own else "あわせて"
    return "・".join(f"{lead}{pool_units(_limit(pool, children, limits), pool)}まで" for pool in own or pools)


def _as_stay(days: int) -> str:
    """6泊7日 for seven days of which both ends count; 1日 for what is no stay any more."""
    return stay(days - 1) if days > 1 else units(days, UnitKind.DAYS)


@lru_cache(maxsize=1024)
def _published_row(service: Service, terms: Terms, children: int) -> PriceRow:
    return _row(service, terms, children, ANYWHERE, date.max)


def _row(service: Service, terms: Terms, children: int, place: Place, on: date) -> PriceRow:
    return PriceRow(
        service=service.code,
        label=service.label,
        per=service.price.per,
        prices=tuple(
            class_price(service, terms, household, children=children, place=place, on=on) for household in terms.classes
        ),
        limit_text=limit_text(service.code, terms, children=children),
        hours_text=service.hours.text,
        duration_text=_duration_text(service, children),
        source=service.price.source,
    )


def _duration_text(service: Service, children: int) -> str:
    return f"1回{minutes_text(service.duration.for_children(children))}以内" if service.duration else ""


def _limit(pool: Pool, children: int, limits: Mapping[str, int] | None) -> int:
    return pool.limit_for(children) if limits is None else limits.get(pool.code, 0)
