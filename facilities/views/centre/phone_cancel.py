"""電話での取り消し at the centre: for visits, for mothers without a login, for any booking of a case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from facilities.models import Booking
from facilities.selectors.guests import with_rows
from facilities.views.phone_cancel import phone_cancel_page
from postpartum_portal.accounts import access
from postpartum_portal.accounts.access import PortalRequest


@access.centre
@require_http_methods(["GET", "HEAD", "POST"])
def phone_cancel(request: PortalRequest, number: str, booking: str) -> HttpResponse:
    """Of a case's booking. Her own nobody types in here: on her own page the portal's clock decides."""
    of_the_case = Booking.objects.filter(entitlement__birth__applications__number=number)
    found = get_object_or_404(with_rows(of_the_case.exclude(citizen=request.user)), number=booking)
    done = reverse("pages:case", args=[request.municipality.slug, number])
    return phone_cancel_page(request, found, template="centre/phone_cancel.html", done=done)
