"""Bookings taken before their facility kept places here take theirs once it does."""

import datetime as dt

from django.db.models import F
from django.db.models.functions import Greatest

from eligibility import engine
from facilities.models import Booking, DayCapacity, Facility
from facilities.selectors.places import offered_places


def count_in(facility: Facility, *, today: dt.date) -> None:
    """Give every booking that is not over its place on each of its days. Part of the caller's transaction.

    A day without enough places gets them: the guest is coming anyway, and nobody else can be booked on top.
    """
    place_of = offered_places(facility)
    uncounted = Booking.objects.filter(
        facility=facility, place="", status__in=Booking.HOLDS_PLACES, last_day__gte=today
    )
    for booking in uncounted.order_by("first_day", "pk"):
        place = place_of.get((booking.municipality_id, booking.service))
        # Conditional: it may have been cancelled, or counted by a colleague, since it was read.
        still = Booking.objects.filter(pk=booking.pk, place="", status__in=Booking.HOLDS_PLACES)
        if place and still.update(place=place):
            _take(facility, place, booking.first_day, booking.last_day)


def _take(facility: Facility, place: str, first: dt.date, last: dt.date) -> None:
    days = engine.each_day(first, last)
    DayCapacity.objects.bulk_create(
        [DayCapacity(facility=facility, place=place, day=day, limit=0) for day in days], ignore_conflicts=True
    )
    rows = DayCapacity.objects.filter(facility=facility, place=place, day__in=days)
    locked = rows.order_by("day").select_for_update().values("pk")
    taken = F("used") + 1
    DayCapacity.objects.filter(pk__in=locked).update(used=taken, limit=Greatest(F("limit"), taken))
