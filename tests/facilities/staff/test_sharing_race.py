"""Joining two kinds of place while a family books each of them: never more guests than the room has places."""

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
from facilities.services.integrity import check
from facilities.services.sharing import part_places, share_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.at_once import at_once, needs_real_threads

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

ROUNDS = 10
FIRST = dt.date(2026, 3, 11)
TOLD = (DayFull, BelowBooked, IntegrityError)


@pytest.fixture
def families(kodaira: Municipality) -> tuple[Entitlement, Entitlement]:
    return _family(kodaira), _family(kodaira)


@pytest.fixture
def days(clinic: Facility) -> list[dt.date]:
    """The first of two for each round; every day has a single place of each kind."""
    found = [FIRST + dt.timedelta(days=2 * number) for number in range(ROUNDS)]
    with scopes_disabled():
        DayCapacity.objects.filter(facility=clinic).update(limit=1)
    return found


def test_sharing_against_booking_both__the_room_is_given_once(
    families: tuple[Entitlement, Entitlement], clinic: Facility, receptionist: Any, days: list[dt.date]
) -> None:
    for day in days:
        at_once(
            partial(share_places, clinic, "day_service", into="short_stay", by=receptionist, at=clock.now()),
            partial(book, families[0], clinic, "short_stay", day),
            partial(book, families[1], clinic, "day_service", day),
            told=TOLD,
        )
        with scopes_disabled():
            shared = Offering.objects.get(facility=clinic, service="day_service").place == "short_stay"
            here = Booking.objects.filter(facility=clinic, first_day=day, status__in=Booking.HOLDS_PLACES)
            assert here.count() <= (1 if shared else 2)
            assert check() == []
            if shared:
                own = Offering.objects.get(facility=clinic, service="day_service")
                part_places(clinic, [own], places=1, by=receptionist, at=clock.now())
            else:  # both are booked: with a second room they would fit the next time
                set_places(clinic, {"short_stay": 2}, days=[day], by=receptionist, at=clock.now())


def test_control__sharing_without_a_lock__counts_one_guest_too_few(
    families: tuple[Entitlement, Entitlement], clinic: Facility, days: list[dt.date]
) -> None:
    """Without it the test above would prove nothing: a guest who comes between is counted nowhere."""
    looked = Barrier(2, timeout=10)
    at_once(
        partial(share_carelessly, clinic, days[0], looked),
        partial(book_when, looked, families[0], clinic, "short_stay", days[0]),
        told=TOLD,
    )
    with scopes_disabled():
        assert [found.what for found in check()] == ["day"]


def _family(kodaira: Municipality) -> Entitlement:
    mother = factories.UserFactory()
    with tenant(municipality=kodaira.pk):
        limits = {"stay": 99, "stay_and_day": 99, "stay_nights": 99, "day": 99}
        factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother, limits=limits)
        found = entitlement_of(mother, kodaira)
    assert found is not None
    return found


def book(family: Entitlement, clinic: Facility, service: str, day: dt.date) -> Booking:
    assert family.citizen is not None
    offering = Offering.objects.select_related("facility", "contract").get(facility=clinic, service=service)
    return request_booking(
        family,
        offering,
        first_day=day,
        last_day=day + dt.timedelta(days=1 if service == "short_stay" else 0),
        arrival=dt.time(10),
        note="",
        form_token=f"race-{service}-{day}",
        by=family.citizen,
        at=clock.now(),
    )


def share_carelessly(clinic: Facility, day: dt.date, looked: Barrier) -> None:
    """As one would write it first: read, reckon, write."""
    with transaction.atomic():
        rows = DayCapacity.objects.filter(facility=clinic, day=day)
        used = sum(rows.filter(place__in=["short_stay", "day_service"]).values_list("used", flat=True))
        looked.wait()
        looked.wait()
        Offering.objects.filter(facility=clinic, place="day_service").update(place="short_stay")
        rows.filter(place="day_service").delete()
        rows.filter(place="short_stay").update(used=used)


def book_when(looked: Barrier, family: Entitlement, clinic: Facility, service: str, day: dt.date) -> Booking:
    looked.wait()
    try:
        return book(family, clinic, service, day)
    finally:
        looked.wait()
