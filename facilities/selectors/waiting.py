"""Requests that wait for an answer from a desk."""

from django.db.models import QuerySet

from facilities.models import Booking, Facility, Move

from .desks import answered_by
from .soundings import waiting_soundings


def waiting_requests(desk: Facility) -> QuerySet[Booking]:
    """Oldest first: who asked first is answered first."""
    asked = Booking.objects.filter(answered_by(desk), status=Booking.Status.REQUESTED)
    return asked.order_by("requested_at", "pk")


def waiting_moves(desk: Facility) -> QuerySet[Move]:
    """Changes of dates of bookings that this desk answers, oldest first."""
    asked = Move.objects.filter(booking__in=Booking.objects.filter(answered_by(desk)), status=Move.Status.ASKED)
    return asked.order_by("asked_at", "pk")


def count_waiting(desk: Facility) -> int:
    """Requests, soundings and changes of dates."""
    return sum(rows.count() for rows in (waiting_requests(desk), waiting_soundings(desk), waiting_moves(desk)))
