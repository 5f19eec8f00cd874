"""What a cancellation or a no-show at this facility means, where no rule is published."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from facilities.access import FacilityRequest, facility_staff
from facilities.views.outcome import outcome_page

from .lookup import booking_or_404


@facility_staff
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: FacilityRequest, number: str) -> HttpResponse:
    done = reverse("facility:booking", args=[number])
    return outcome_page(request, booking_or_404(number), template="facility/outcome.html", done=done)
