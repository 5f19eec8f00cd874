"""Requests that wait for a facility's answer."""

from django.db.models import QuerySet

from facilities.models import Booking, Facility


def waiting_requests(facility: Facility) -> QuerySet[Booking]:
    """Oldest first: who asked first is answered first."""
    return Booking.objects.filter(facility=facility, status=Booking.Status.REQUESTED).order_by("requested_at", "pk")


def count_waiting(facility: Facility) -> int:
    return waiting_requests(facility).count()
