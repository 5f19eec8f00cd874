"""The services that she books herself, with the facilities that can take her and why the others cannot."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from applications.public import Standing
from eligibility import engine
from facilities.selectors.lengths import longest
from facilities.selectors.listed import ListedFacility, listed_facilities
from facilities.selectors.matching import Matched, Wanted, match
from facilities.selectors.offerings import granted
from facilities.selectors.versions import Versions, versions_of

from .case import Case


@dataclass(frozen=True, slots=True)
class Offered:
    """A facility that can take her. `accepts`: 生後4か月未満・双子なども可, or "" after a loss.

    `price` is "" where all cost alike; `notes`: what nobody has published, so that she asks.
    """

    listed: ListedFacility
    offering: int
    accepts: str
    price: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookable:
    """A service with the facilities that give it. `longest` is "" when nothing of it is left.

    `price` is "" where facilities differ: each then has its own, in the order of `offerings`. `closed` are the
    facilities that give it and cannot take her, with their reasons.
    """

    service: engine.Service
    price: str
    longest: str
    period: engine.Period
    offerings: tuple[Offered, ...]
    closed: tuple[Matched, ...]


def facilities_for(case: Case, *, on: dt.date) -> list[ListedFacility]:
    """Those that give any service that she books herself."""
    codes = {service.code for service in granted(case.standing, engine.ArrangedBy.FACILITY)}
    listed = listed_facilities(case.standing.entitlement.municipality, on=on)
    own = [replace(item, services=tuple(one for one in item.services if one.code in codes)) for item in listed]
    return [item for item in own if item.services]


def bookable(case: Case, listed: Sequence[ListedFacility], wanted: Wanted, *, on: dt.date) -> Iterator[Bookable]:
    """One entry for each service, or for the one that is wanted; `on` is today."""
    prices = _Prices(case.standing, versions_of(case.standing.entitlement.municipality_id), on)
    for service in granted(case.standing, engine.ArrangedBy.FACILITY):
        if wanted.service in ("", service.code):
            yield _of_service(service, case, listed, replace(wanted, service=service.code), prices)


def _of_service(
    service: engine.Service, case: Case, listed: Sequence[ListedFacility], wanted: Wanted, prices: "_Prices"
) -> Bookable:
    giving = [item for item in listed if any(one.code == service.code for one in item.services)]
    found = match(giving, wanted, case.standing.terms)
    texts = [prices.text(service.code, item.services[0].listed.place) for item in found]
    shared = next(iter(texts), prices.text(service.code, engine.ANYWHERE))
    differ = any(text != shared for text in texts)
    return Bookable(
        service=service,
        price="" if differ else shared,
        longest=longest(service, case.standing),
        period=engine.use_period(service.code, case.standing.facts(prices.on), case.standing.terms),
        offerings=tuple(
            _offered(item, case, text if differ else "") for item, text in zip(found, texts, strict=True) if item.usable
        ),
        closed=tuple(item for item in found if not item.usable),
    )


def _offered(matched: Matched, case: Case, price: str) -> Offered:
    (usable,) = matched.usable
    accepts = "" if case.after_loss else _accepts(usable.listed.place)
    return Offered(matched.listed, usable.listed.offering, accepts, price, usable.notes)


@dataclass(frozen=True, slots=True)
class _Prices:
    """Prices for this household today."""

    standing: Standing
    versions: Versions
    on: dt.date

    def text(self, service: str, place: engine.Place) -> str:
        facts, terms = self.standing.facts(self.on), self.versions.terms_of(service, self.on)
        row = engine.price_row(terms.service(service), terms, children=facts.counted_children, place=place, on=self.on)
        household = engine.effective_class(facts, terms, on=self.on)
        return row.price_for(household.code).text


def _accepts(place: engine.Place) -> str:
    told = [place.age_limit.title] if place.age_limit else []
    if place.multiples is not None:
        told.append(_("双子なども可") if place.multiples else _("双子などは不可"))
    if place.siblings is not None:
        told.append(_("きょうだいも可") if place.siblings else _("きょうだいは不可"))
    return "・".join(told)
