"""The ways from an address to a booking: inside the scope of the facility, with the rows that services need."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from facilities.access import FacilityRequest
from facilities.models import Booking
from facilities.selectors.desks import opened_by
from facilities.selectors.guests import with_rows


def booking_or_404(number: str) -> Booking:
    """Raises Http404: there is none of this number here, or it is another facility's."""
    return get_object_or_404(with_rows(Booking.objects.all()), number=number)


def opened_or_404(request: FacilityRequest, number: str) -> Booking:
    """For pages behind `facility_desk`, whose scope is wider than what the desk answers.

    Raises:
        Http404: there is none of this number here, or its page is not for this desk.
    """
    return get_object_or_404(with_rows(Booking.objects.filter(opened_by(request.facility))), number=number)


def to_booking(request: FacilityRequest, booking: Booking) -> HttpResponse:
    """To its page, or where that is not for this desk to the requests."""
    return redirect(booking_address(request, booking))


def booking_address(request: FacilityRequest, booking: Booking) -> str:
    """Its page; the requests where it is not for this desk, such as an association's after the guest came."""
    if Booking.objects.filter(opened_by(request.facility), pk=booking.pk).exists():
        return reverse("facility:booking", args=[booking.number])
    return reverse("facility:requests")
