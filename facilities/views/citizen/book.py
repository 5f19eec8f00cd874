"""What she may book and where: by herself at a facility, or by telling the centre."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from applications.public import Standing, dates_of
from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Offering
from facilities.selectors.lengths import longest
from facilities.selectors.limits import places_of
from facilities.selectors.offerings import bookable_offerings, granted
from facilities.selectors.pools import PoolLeft
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.versions import Versions, versions_of
from facilities.selectors.wishes import WishCard, wishes_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .case import Case, case_of


@dataclass(frozen=True, slots=True)
class Offered:
    """`accepts`: 生後4か月未満・双子なども可, or "" after a loss; `price` is "" where all cost alike."""

    offering: Offering
    accepts: str
    price: str


@dataclass(frozen=True, slots=True)
class Bookable:
    """A service with the facilities that give it. `longest` is "" when nothing of it is left.

    `price` is "" where facilities differ: each then has its own, in the order of `offerings`.
    """

    service: engine.Service
    price: str
    longest: str
    period: engine.Period
    offerings: tuple[Offered, ...]


@dataclass(frozen=True, slots=True)
class ByCentre:
    """A service whose day the centre settles, what each pool that counts it has left, and her wishes for it.

    The pool with least left comes first; `price` is "" of services that share one.
    """

    service: engine.Service
    left: tuple[PoolLeft, ...]
    price: str
    reduced: str
    wishes: tuple[WishCard, ...]


@access.citizen
@require_safe
def book(request: PortalRequest) -> HttpResponse:
    case, on = case_of(request), clock.today()
    left = remaining(case.standing, case.bookings, on=on) if case else ()
    context = {
        "case": case,
        "early": None if case else _before_granted(request.municipality, on),
        "born": case is not None and _may_book(case.standing),
        "reduced": dict.fromkeys(item.reduced for item in left if item.reduced),
        "bookable": _bookable(case, on) if case else (),
        "by_centre": _by_centre(case, left) if case else (),
        "on": on,
    }
    return render(request, "citizen/booking/book.html", context)


def _before_granted(municipality: Municipality, on: dt.date) -> engine.BeforeGranted | None:
    """How a facility may be asked for a booking all the same, where the programme says so."""
    return versions_of(municipality).terms_on(on).booking.before_granted


def _may_book(standing: Standing) -> bool:
    """Whether the day that the periods count from is there, as far as the programme waits for it."""
    known = dates_of(standing.birth).birth_date is not None
    return known or standing.terms.booking.birth_recorded is None


def _bookable(case: Case, on: dt.date) -> list[Bookable]:
    standing = case.standing
    offerings = list(bookable_offerings(standing, on=on))
    versions = versions_of(standing.entitlement.municipality_id)
    places = places_of(offerings, versions.terms_on(on))
    prices = _Prices(standing, versions, on)
    return [
        _of_service(service, case, [item for item in offerings if item.service == service.code], places, prices)
        for service in granted(standing, engine.ArrangedBy.FACILITY)
    ]


def _of_service(
    service: engine.Service,
    case: Case,
    offerings: Sequence[Offering],
    places: Mapping[int, engine.Place],
    prices: "_Prices",
) -> Bookable:
    standing = case.standing
    texts = {item.pk: prices.text(service.code, places[item.pk]) for item in offerings}
    shared = next(iter(texts.values()), prices.text(service.code, engine.ANYWHERE))
    differ = any(text != shared for text in texts.values())
    return Bookable(
        service=service,
        price="" if differ else shared,
        longest=longest(service, standing),
        period=engine.use_period(service.code, standing.facts(prices.on), standing.terms),
        offerings=tuple(
            Offered(
                item,
                "" if case.after_loss else _accepts(places[item.pk]),
                texts[item.pk] if differ else "",
            )
            for item in offerings
        ),
    )


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
        told.append("双子なども可" if place.multiples else "双子などは不可")
    if place.siblings is not None:
        told.append("きょうだいも可" if place.siblings else "きょうだいは不可")
    return "・".join(told)


def _by_centre(case: Case, left: Sequence[Remaining]) -> list[ByCentre]:
    wishes = [card for card in wishes_of(case.entitlement) if card.open]
    return [
        ByCentre(
            service=service,
            left=shared.of(service),
            price=shared.price,
            reduced=shared.reduced,
            wishes=tuple(card for card in wishes if card.service.code == service.code),
        )
        for service in granted(case.standing, engine.ArrangedBy.CENTRE)
        for shared in left
        if service in shared.services
    ]
