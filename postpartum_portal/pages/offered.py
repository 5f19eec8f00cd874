"""What a programme and its facilities offer, in the words of the municipality's public page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from eligibility.engine import ANYWHERE, Place, PriceRow, Service, Terms, price_row
from eligibility.engine.wording import minutes_text
from facilities.public import ListedFacility, ListedService

from .ahead import Ahead, Coming, Told

GONE = gettext_lazy("この種類はなくなります")


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the price table: the service, its price and limits in words, how long it lasts at most.

    `coming`: what its price will be, by the days from which it holds.
    """

    service: Service
    row: PriceRow
    duration: str
    coming: tuple[Coming, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassPrices:
    """What classes that pay alike pay: for each text the services it holds for; "" where it holds for all."""

    label: str
    prices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ContactService:
    """A service at a facility. `price` and `ages` are "" where the facility has none of its own."""

    label: str
    price: str
    ages: str
    coming: tuple[Coming, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """A facility with what it gives, whom it takes and how one books there. `notes`: what bears on a visitor's wish."""

    listed: ListedFacility
    services: tuple[ContactService, ...]
    takes: tuple[str, ...]
    notes: tuple[str, ...] = ()


def offers(ahead: Ahead, place: Place) -> list[Offer]:
    """The table of today; `place` holds the amounts that the municipality has entered, by their days."""
    return [
        Offer(*_line(service, ahead.terms, place, ahead.on), ahead.changes(place.entered, _told(service.code, place)))
        for service in ahead.terms.services
    ]


def offers_at(listed: ListedFacility, terms: Terms, *, on: dt.date) -> list[Offer]:
    """The table of today at one facility."""
    places = {item.code: item.place for item in listed.services}
    return [
        Offer(*_line(service, terms, places[service.code], on)) for service in terms.services if service.code in places
    ]


def class_prices_to_come(ahead: Ahead, place: Place) -> list[tuple[dt.date, list[ClassPrices]]]:
    """What other classes will pay, by the days from which they pay something else than before."""
    said, found = _class_prices_on(ahead.on, ahead, place), []
    for day in ahead.days(place.entered):
        prices = _class_prices_on(day, ahead, place)
        if prices != said:
            found.append((day, prices))
        said = prices
    return found


def class_prices(offered: Sequence[Offer], terms: Terms) -> list[ClassPrices]:
    """The classes that pay something else than the programme's first; those that pay alike together."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for number, household in enumerate(terms.classes):
        prices = tuple(offer.row.prices[number].text for offer in offered)
        alike.setdefault(prices, []).append(household.label)
    _, *others = alike.items()
    return [ClassPrices("・".join(labels), _by_text(prices, offered)) for prices, labels in others]


def cancelling(terms: Terms) -> list[tuple[str, str]]:
    """The names of the services that share a rule, and the rule in plain words."""
    by_text: dict[str, list[str]] = {}
    for service in terms.services:
        by_text.setdefault(service.cancellation.text, []).append(service.short_label)
    return [("・".join(labels), text) for text, labels in by_text.items()]


def contact(listed: ListedFacility, ahead: Ahead, *, notes: tuple[str, ...] = ()) -> Contact:
    given = {item.code: item for item in listed.services}
    return Contact(
        listed=listed,
        services=tuple(
            _given(service, given[service.code], ahead) for service in ahead.terms.services if service.code in given
        ),
        takes=_takes(listed),
        notes=notes,
    )


def _line(service: Service, terms: Terms, place: Place, on: dt.date) -> tuple[Service, PriceRow, str]:
    return service, price_row(service, terms, place=place, on=on), _duration(service)


def _told(code: str, place: Place) -> Told:
    """What the first class pays for a service, which a programme to come may have given up."""

    def told(terms: Terms, day: dt.date) -> str:
        if not terms.offers(code):
            return str(GONE)
        return price_row(terms.service(code), terms, place=place, on=day).prices[0].text

    return told


def _class_prices_on(day: dt.date, ahead: Ahead, place: Place) -> list[ClassPrices]:
    terms = ahead.terms_on(day)
    return class_prices([Offer(*_line(service, terms, place, day)) for service in terms.services], terms)


def _duration(service: Service) -> str:
    """1回2時間まで(双子などは3時間)"""
    duration = service.duration
    if duration is None:
        return ""
    one, more = minutes_text(duration.minutes), minutes_text(duration.minutes_multiples)
    return gettext("1回%(one)sまで") % {"one": one} + (
        "" if one == more else gettext("(双子などは%(more)s)") % {"more": more}
    )


def _by_text(prices: Sequence[str], offered: Sequence[Offer]) -> tuple[tuple[str, str], ...]:
    by_text: dict[str, list[str]] = {}
    for text, offer in zip(prices, offered, strict=True):
        by_text.setdefault(text, []).append(offer.service.short_label)
    return tuple(("" if len(by_text) == 1 else "・".join(labels), text) for text, labels in by_text.items())


def _given(service: Service, at: ListedService, ahead: Ahead) -> ContactService:
    """A facility's price stands beside its service as far as the programme leaves it to the facilities."""
    told = _told(service.code, at.place)

    def own(terms: Terms, day: dt.date) -> str:
        here = told(terms, day)
        return "" if here == _told(service.code, ANYWHERE)(terms, dt.date.max) else here

    coming = tuple(item for item in ahead.changes(at.place.entered, own) if item.text)
    return ContactService(service.short_label, own(ahead.terms, ahead.on), at.ages, coming)


def _takes(listed: ListedFacility) -> tuple[str, ...]:
    """生後4か月未満, 多胎: 可; what the list does not say is left out."""
    said = listed.contract
    lines = (said.age_title, _accepts(gettext("多胎"), said.multiples), _accepts(gettext("きょうだい"), said.siblings))
    return tuple(line for line in lines if line)


def _accepts(whom: str, accepted: bool | None) -> str:
    if accepted is None:
        return ""
    return (gettext("%(whom)s: 可") if accepted else gettext("%(whom)s: 不可")) % {"whom": whom}
