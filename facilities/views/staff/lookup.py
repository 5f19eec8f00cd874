"""The one way from an address to a booking: inside the scope of the facility, with the rows that services need."""

from django.shortcuts import get_object_or_404

from facilities.models import Booking
from facilities.selectors.guests import with_rows


def booking_or_404(number: str) -> Booking:
    """Raises Http404: there is none of this number here, or it is another facility's."""
    return get_object_or_404(with_rows(Booking.objects.all()), number=number)
