"""Bookings of which a mother told that somebody is unwell: shown to the centre as long as they are to come."""

import datetime as dt

from applications.public import Birth
from facilities.models import Booking

from .cards import Card, card_of
from .uses import terms_of


def told_unwell(birth: Birth, *, now: dt.datetime) -> tuple[Card, ...]:
    """Cards of a birth's bookings that are still to come, by their days."""
    rows = Booking.objects.filter(entitlement__birth=birth, status__in=Booking.LIVE, unwell_at__isnull=False)
    found = rows.select_related("facility", "municipality", "entitlement__birth")
    return tuple(card for row in found if (card := card_of(row, terms_of(row), now=now)).live)
