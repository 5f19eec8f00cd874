"""取り消しの扱い: cancellations and no-shows without a published rule, and deciding what one of them means."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from facilities.models import Booking
from facilities.selectors.guests import with_rows
from facilities.selectors.outcomes import open_outcomes
from facilities.services.reading import read_cards
from facilities.views.outcome import outcome_page
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest
from postpartum_portal.shared import clock

ROWS_A_PAGE = 30


@access.centre
@require_safe
def outcomes(request: PortalRequest) -> HttpResponse:
    page = Paginator(open_outcomes(), ROWS_A_PAGE).get_page(request.GET.get("page", "1"))
    rows = list(page.object_list)
    cards = read_cards(rows, by=request.user, at=clock.now())
    return render(request, "centre/outcomes.html", {"page": page, "rows": list(zip(cards, rows, strict=True))})


@access.decider
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: PortalRequest, number: str) -> HttpResponse:
    booking = get_object_or_404(with_rows(Booking.objects.all()), number=number)
    done = reverse("facilities:outcomes", args=[request.municipality.slug])
    return outcome_page(request, booking, template="centre/outcome.html", done=done)
