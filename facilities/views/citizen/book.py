"""What she may book and where: by herself at a facility, or by telling the centre."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility import engine
from facilities.models import Offering
from facilities.selectors.lengths import longest
from facilities.selectors.offerings import bookable_offerings, granted
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.wishes import WishCard, wishes_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .case import Case, case_of


@dataclass(frozen=True, slots=True)
class Bookable:
    """A service with the facilities that give it. `longest` is "" when nothing of it is left."""

    service: engine.Service
    price: str
    longest: str
    period: engine.Period
    offerings: tuple[Offering, ...]


@dataclass(frozen=True, slots=True)
class ByCentre:
    """A service whose day the centre settles, how much of it is left, and what of it she wishes already."""

    service: engine.Service
    left: Remaining
    wishes: tuple[WishCard, ...]


@access.citizen
@require_safe
def book(request: PortalRequest) -> HttpResponse:
    case, on = case_of(request), clock.today()
    context = {
        "case": case,
        "born": case is not None and case.entitlement.birth.born_on is not None,
        "bookable": _bookable(case, on) if case else (),
        "by_centre": _by_centre(case, on) if case else (),
    }
    return render(request, "citizen/booking/book.html", context)


def _bookable(case: Case, on: dt.date) -> list[Bookable]:
    standing = case.standing
    offerings = list(bookable_offerings(standing, on=on))
    household_class = standing.grant(on).household_class
    return [
        Bookable(
            service=service,
            price=engine.price_row(service, standing.terms).price_for(household_class).text,
            longest=longest(service, standing),
            period=engine.use_period(service.code, standing.facts(on), standing.terms),
            offerings=tuple(offering for offering in offerings if offering.service == service.code),
        )
        for service in granted(standing, engine.ArrangedBy.FACILITY)
    ]


def _by_centre(case: Case, on: dt.date) -> list[ByCentre]:
    left = remaining(case.standing, case.bookings, on=on)
    wishes = [card for card in wishes_of(case.entitlement) if card.open]
    return [
        ByCentre(
            service=service,
            left=next(item for item in left if service in item.services),
            wishes=tuple(card for card in wishes if card.service.code == service.code),
        )
        for service in granted(case.standing, engine.ArrangedBy.CENTRE)
    ]
