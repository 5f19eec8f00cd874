"""What she may book and where: by herself at a facility, or by telling the centre."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from eligibility import engine
from eligibility.public import Municipality
from facilities.forms.citizen.seek import SeekForm
from facilities.selectors.offerings import granted
from facilities.selectors.pools import PoolLeft
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.versions import versions_of
from facilities.selectors.wishes import WishCard, wishes_of
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

from .bookable import bookable, facilities_for
from .case import Case, case_of


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
    context: dict[str, Any] = {
        "case": case,
        "early": None if case else _before_granted(request.municipality, on),
        "ended": case is not None and not case.standing.services,
        "born": case is not None and case.may_book,
        "on": on,
    }
    if case and context["born"] and not context["ended"]:
        context |= _choice(request, case, on)
    return render(request, "citizen/booking/book.html", context)


def _choice(request: PortalRequest, case: Case, on: dt.date) -> dict[str, Any]:
    """What may be booked, narrowed by what the address asks."""
    left = remaining(case.standing, case.bookings, on=on)
    listed, services = facilities_for(case, on=on), granted(case.standing, engine.ArrangedBy.FACILITY)
    form = SeekForm(request.GET or None, listed=listed, services=services, after_loss=case.after_loss, on=on)
    wanted = form.wanted(case.standing.facts(on))
    return {
        "reduced": dict.fromkeys(item.reduced for item in left if item.reduced),
        "form": form,
        "bookable": list(bookable(case, listed, wanted, on=on)),
        "by_centre": _by_centre(case, left),
        "provisional": case.standing.terms.booking.provisional,
    }


def _before_granted(municipality: Municipality, on: dt.date) -> engine.BeforeGranted | None:
    """How a facility may be asked for a booking all the same, where the programme says so."""
    return versions_of(municipality).terms_on(on).booking.before_granted


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
