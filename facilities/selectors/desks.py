"""Whose requests a desk answers and days it keeps: its own facility's, or those of an association's members."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from facilities.models import Booking, Contract, Facility, Offering, Preparation, Sounding
from postpartum_portal.accounts.models import User

FOR_CALLERS = Booking.LIVE | {Booking.Status.CANCELLED_IN_TIME, Booking.Status.CANCELLED_LATE}
"""What may still be given up by phone, or was."""


def served_by(desk: Facility) -> list[int]:
    """The facilities whose rows somebody at this desk may have to see: its own, and those that book through it."""
    return [desk.pk, *dict.fromkeys(facility for facility, _ in _members(desk))]


def answered_by(desk: Facility) -> Q:
    """The bookings that this desk answers, and the days that it keeps for callers: of rows with both, facility and
    municipality. What goes through an association at which nobody signs in stays at home.
    """
    mine = Q(facility=desk.pk) & ~Q(municipality__in=_through_others(desk))
    for facility, municipality in _members(desk):
        mine |= Q(facility=facility, municipality=municipality)
    return mine


def opened_by(desk: Facility) -> Q:
    """The bookings whose page this desk opens: its own, and of those that it answers for others only `FOR_CALLERS`.

    Who came and who did not is recorded by the facility and stays there.
    """
    return Q(facility=desk.pk) | answered_by(desk) & Q(status__in=FOR_CALLERS)


def booked_through(desk: Facility, *, on: dt.date) -> QuerySet[Booking]:
    """What this desk has taken for other facilities and is still to come that day, or under way; by its days."""
    taken = Booking.objects.filter(answered_by(desk), status=Booking.Status.CONFIRMED, last_day__gte=on)
    return taken.exclude(facility=desk.pk).order_by("first_day", "pk")


def takes_guests(desk: Facility) -> bool:
    """Whether anybody comes here. An association may only answer: it has no day's sheet and no places of its own."""
    return Offering.objects.filter(facility=desk.pk).exists() or not _members(desk)


def who_answers(row: Sounding | Preparation | Booking) -> list[User]:
    """The people who see a row of this facility and municipality in their inbox; none where nobody signs in."""
    contract = Contract.objects.filter(facility=row.facility_id, municipality=row.municipality_id)
    for desk in (*contract.values_list("booked_through", flat=True), row.facility_id):
        if desk and (found := staff_of(desk)):
            return found
    return []


def staff_of(facility: int) -> list[User]:
    """Everybody who works at a facility itself."""
    return list(User.objects.filter(facility_memberships__facility=facility, is_active=True).order_by("pk"))


def way_of(row: Booking | Offering) -> dict[str, Any]:
    """How one books where a booking or an offering is, by the municipality's list; empty where it does not say."""
    if isinstance(row, Offering):
        return dict(row.contract.booking)
    rows = Contract.objects.filter(facility=row.facility_id, municipality=row.municipality_id)
    return rows.values_list("booking", flat=True).first() or {}


def _members(desk: Facility) -> list[tuple[int, int]]:
    """Facility and municipality of each contract that names this desk."""
    rows = Facility.objects.filter(pk=desk.pk, books_for__isnull=False)
    return list(rows.values_list("books_for__facility_id", "books_for__municipality_id").order_by("books_for__pk"))


def _through_others(desk: Facility) -> list[int]:
    """The municipalities for which an association answers in this facility's place."""
    rows = Facility.objects.filter(pk=desk.pk, contracts__booked_through__staff__isnull=False)
    return list(rows.values_list("contracts__municipality_id", flat=True).distinct())
