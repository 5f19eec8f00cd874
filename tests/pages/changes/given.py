"""What a family has when it reports a change."""

import datetime as dt
import itertools
from typing import Any

from applications.models import Application, HouseholdClass
from applications.public import entitlement_of
from facilities.models import Booking, Facility, Offering
from facilities.public import confirm, request_booking
from postpartum_portal.shared import clock

MARCH, TOKENS = dt.date(2026, 3, 11), itertools.count()


def book(approved: Application, clinic: Facility, receptionist: Any, first: dt.date) -> Booking:
    assert approved.citizen
    entitlement = entitlement_of(approved.citizen, approved.municipality)
    assert entitlement
    booking = request_booking(
        entitlement,
        Offering.objects.select_related("facility", "contract").get(facility=clinic, service="short_stay"),
        first_day=first,
        last_day=first + dt.timedelta(days=2),
        arrival=dt.time(10),
        note="",
        form_token=f"form-{next(TOKENS)}",
        by=approved.citizen,
        at=clock.now(),
    )
    return confirm(booking, by=receptionist, at=clock.now())


def again(booking: Booking) -> Booking:
    rows = Booking.objects.select_related("facility", "municipality", "citizen", "entitlement__birth")
    return rows.select_related("entitlement__programme_version").get(pk=booking.pk)


def of_class(approved: Application, code: str, proof: str) -> None:
    assert approved.birth
    HouseholdClass.objects.all().delete()
    HouseholdClass.objects.create(
        municipality=approved.municipality,
        citizen=approved.citizen,
        household=approved.birth.household,
        code=code,
        proof=proof,
        starts_on=dt.date(2025, 4, 1),
    )
