"""Lowering a day against booking it: whichever comes second is told, and the day is never overbooked."""

import datetime as dt
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.services.booking import DayFull, request_booking
from facilities.services.capacity import BelowBooked, set_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.at_once import at_once, needs_real_threads

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

ROUNDS = 20
FIRST = dt.date(2026, 3, 11)
TOLD = (DayFull, BelowBooked, IntegrityError)


@pytest.fixture
def family(kodaira: Municipality, mother: Any) -> Entitlement:
    with tenant(municipality=kodaira.pk):
        factories.EntitlementFactory(
            municipality=kodaira, birth__household__citizen=mother, limits={"stay_and_day": 99, "day": 99}
        )
        found = entitlement_of(mother, kodaira)
    assert found is not None
    return found


@pytest.fixture
def last_places(clinic: Facility) -> list[dt.date]:
    """One day for each round, with a single place that is free."""
    days = [FIRST + dt.timedelta(days=number) for number in range(ROUNDS)]
    with scopes_disabled():
        DayCapacity.objects.filter(place="day_service", day__in=days).update(limit=1)
    return days


def test_lowering_against_booking__exactly_one_of_them_succeeds(
    family: Entitlement, clinic: Facility, receptionist: Any, last_places: list[dt.date]
) -> None:
    for day in last_places:
        booked, lowered = at_once(
            partial(book, family, clinic, day),
            partial(set_places, clinic, {"day_service": 0}, days=[day], by=receptionist, at=clock.now()),
            told=TOLD,
        )
        assert isinstance(booked, Booking | DayFull)
        assert isinstance(booked, Booking) == isinstance(lowered, BelowBooked)
        with scopes_disabled():
            row = DayCapacity.objects.get(place="day_service", day=day)
        assert row.used <= row.limit


def test_control__looking_before_writing_without_a_lock__runs_into_the_constraint(
    family: Entitlement, clinic: Facility, last_places: list[dt.date]
) -> None:
    """Without it the test above would prove nothing: both get through their check, and the database must refuse."""
    found = []
    for day in last_places:
        looked = Barrier(2, timeout=10)
        found += at_once(
            partial(lower_carelessly, day, looked),
            partial(book_when, looked, family, clinic, day),
            told=TOLD,
        )
    assert any(isinstance(outcome, IntegrityError) for outcome in found)


def book(family: Entitlement, clinic: Facility, day: dt.date) -> Booking:
    assert family.citizen is not None
    offering = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="day_service")
    return request_booking(
        family,
        offering,
        first_day=day,
        last_day=day,
        arrival=dt.time(10),
        note="",
        form_token=f"race-{day}",
        by=family.citizen,
        at=clock.now(),
    )


def lower_carelessly(day: dt.date, looked: Barrier) -> None:
    """As one would write it first: read, decide, write."""
    with transaction.atomic():
        row = DayCapacity.objects.get(place="day_service", day=day)
        looked.wait()
        if row.used == 0:
            looked.wait()
            DayCapacity.objects.filter(pk=row.pk).update(limit=0)


def book_when(looked: Barrier, family: Entitlement, clinic: Facility, day: dt.date) -> Booking:
    looked.wait()
    try:
        return book(family, clinic, day)
    finally:
        looked.wait()
