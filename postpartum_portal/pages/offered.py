"""What a programme and its facilities offer, in the words of the municipality's public page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from eligibility.engine import Place, PriceRow, Service, Terms, price_row
from eligibility.engine.wording import minutes_text
from facilities.public import ListedFacility, ListedService


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the price table: the service, its price and limits in words, how long it lasts at most."""

    service: Service
    row: PriceRow
    duration: str


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


@dataclass(frozen=True, slots=True)
class Contact:
    """A facility with what it gives, whom it takes and how one books there."""

    listed: ListedFacility
    services: tuple[ContactService, ...]
    takes: tuple[str, ...]


def offers(terms: Terms, place: Place, *, on: dt.date) -> list[Offer]:
    """`place` holds the amounts that the municipality has entered by a day."""
    return [
        Offer(service, price_row(service, terms, place=place, on=on), _duration(service)) for service in terms.services
    ]


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


def contact(listed: ListedFacility, terms: Terms, *, on: dt.date) -> Contact:
    given = {item.code: item for item in listed.services}
    return Contact(
        listed=listed,
        services=tuple(
            _given(service, given[service.code], terms, on) for service in terms.services if service.code in given
        ),
        takes=_takes(listed),
    )


def _duration(service: Service) -> str:
    """1回2時間まで(双子などは3時間)"""
    duration = service.duration
    if duration is None:
        return ""
    one, more = minutes_text(duration.minutes), minutes_text(duration.minutes_multiples)
    return f"1回{one}まで" + ("" if one == more else f"(双子などは{more})")


def _by_text(prices: Sequence[str], offered: Sequence[Offer]) -> tuple[tuple[str, str], ...]:
    by_text: dict[str, list[str]] = {}
    for text, offer in zip(prices, offered, strict=True):
        by_text.setdefault(text, []).append(offer.service.short_label)
    return tuple(("" if len(by_text) == 1 else "・".join(labels), text) for text, labels in by_text.items())


def _given(service: Service, at: ListedService, terms: Terms, on: dt.date) -> ContactService:
    """A facility's price stands beside its service as far as the programme leaves it to the facilities."""
    everywhere = price_row(service, terms).prices[0].text
    here = price_row(service, terms, place=at.place, on=on).prices[0].text
    return ContactService(service.short_label, "" if here == everywhere else here, at.ages)


def _takes(listed: ListedFacility) -> tuple[str, ...]:
    """生後4か月未満, 多胎: 可; what the list does not say is left out."""
    said = listed.contract
    lines = (said.age_title, _accepts("多胎", said.multiples), _accepts("きょうだい", said.siblings))
    return tuple(line for line in lines if line)


def _accepts(whom: str, accepted: bool | None) -> str:
    return "" if accepted is None else f"{whom}: {'可' if accepted else '不可'}"
