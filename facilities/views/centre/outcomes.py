"""取り消しの扱い: cancellations and no-shows without a published rule, and deciding what one of them means."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from facilities.models import Booking
from facilities.selectors.guests import GuestCard, with_rows
from facilities.selectors.outcomes import open_outcomes
from facilities.services.reading import read_cards
from facilities.views.outcome import outcome_page
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

LATEST = 50
"""How many of those decided are listed."""


@access.centre
@require_safe
def outcomes(request: PortalRequest) -> HttpResponse:
    waiting, decided = open_outcomes()
    context = {"waiting": _rows(request, waiting), "decided": _rows(request, decided[:LATEST])}
    return render(request, "centre/outcomes.html", context)


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: PortalRequest, number: str) -> HttpResponse:
    booking = get_object_or_404(with_rows(Booking.objects.all()), number=number)
    done = reverse("facilities:outcomes", args=[request.municipality.slug])
    return outcome_page(request, booking, template="centre/outcome.html", done=done)


def _rows(request: PortalRequest, bookings: Iterable[Booking]) -> list[tuple[GuestCard, Booking]]:
    rows = list(bookings)
    return list(zip(read_cards(rows, by=request.user, at=clock.now()), rows, strict=True))
