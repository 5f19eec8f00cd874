"""Bookings that the programme no longer allows: kept, marked 要調整, free to move or cancel.

A birth or a move has left them outside the period of use, or after a loss their service is not open to the family.
"""

import datetime as dt

from applications.public import Birth, dates_of
from eligibility import engine
from eligibility.engine.families import open_to
from eligibility.public import programme_of
from facilities.models import Booking

from .limits import place_booked, places_booked

OUTSIDE = "outside_period"
"""The finding of a cancellation that is free because the booking is no longer allowed."""


def needs_adjusting(booking: Booking) -> bool:
    """Whether a live booking is no longer allowed. Reads the booking's entitlement with birth and version."""
    if booking.status not in Booking.LIVE:
        return False
    terms = programme_of(booking.entitlement.programme_version).terms
    return lies_outside(booking, booking.entitlement.birth, terms, place=place_booked(booking, terms))


def to_adjust(birth: Birth, *, on: dt.date) -> list[Booking]:
    """The live bookings of a birth, from a day on, that are no longer allowed."""
    coming = Booking.objects.filter(entitlement__birth=birth, status__in=Booking.LIVE, last_day__gte=on)
    rows = list(coming.select_related("entitlement__programme_version", "facility", "citizen", "municipality"))
    places = places_booked(rows)
    return [
        booking
        for booking in rows
        if lies_outside(
            booking, birth, programme_of(booking.entitlement.programme_version).terms, place=places[booking.pk]
        )
    ]


def freed_bookings(birth: Birth, *, since: dt.datetime, until: dt.datetime) -> tuple[Booking, ...]:
    """Bookings of a birth that were cancelled between two instants, free because they lay outside the period then."""
    rows = Booking.objects.filter(entitlement__birth=birth, consequence__code=OUTSIDE, closed_at__range=(since, until))
    return tuple(rows.select_related("facility", "municipality", "entitlement__birth"))


def lies_outside(booking: Booking, birth: Birth, terms: engine.Terms, *, place: engine.Place = engine.ANYWHERE) -> bool:
    """Whether a booking has a day outside the period, or is closed to the family; `terms` are those of the decision.

    A child's age may be looked at on the first day; that they live there, on every one.
    """
    facts = dates_of(birth)
    period = engine.use_period(booking.service, facts, terms, place=place)
    by_first_day = terms.service(booking.service).age_limit.tested_on is engine.TestedOn.FIRST_DAY
    moved = facts.moves_out_on is not None and booking.last_day > facts.moves_out_on
    closed = open_to(terms.service(booking.service).families, facts.family) is engine.Verdict.UNMET
    return (
        moved or closed or not period.holds(booking.first_day, booking.first_day if by_first_day else booking.last_day)
    )
