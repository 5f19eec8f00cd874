"""A receptionist at her desk, and bookings that mothers made of her clinic."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import HouseholdClass
from applications.public import entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.services.answering import confirm
from facilities.services.booking import request_booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.staff.two_towns import clinic_of_both, family_of_each  # noqa: F401 - fixtures

Book = Callable[..., Booking]

WEDNESDAY, FRIDAY = dt.date(2026, 3, 11), dt.date(2026, 3, 13)


@pytest.fixture
def desk(client: Client, receptionist: Any) -> Client:
    """The receptionist's browser."""
    client.force_login(receptionist)
    return client


@pytest.fixture
def book(kodaira: Municipality, clinic: Facility, receptionist: Any) -> Book:
    """A family asks for three days from 3月11日 at the clinic, and is confirmed unless told otherwise."""

    def made(
        *,
        service: str = "short_stay",
        first: dt.date = WEDNESDAY,
        last: dt.date = FRIDAY,
        confirmed: bool = True,
        facility: Facility | None = None,
        note: str = "",
        allergies: str = "",
        siblings: bool = False,
        exempt: bool = False,
        children: int = 1,
        **household: Any,
    ) -> Booking:
        mother = factories.UserFactory()
        with tenant(municipality=kodaira.pk):
            factories.EntitlementFactory(
                municipality=kodaira,
                birth__children=children,
                birth__household__citizen=mother,
                **{f"birth__household__{name}": value for name, value in household.items()},
            )
            entitlement = entitlement_of(mother, kodaira)
            assert entitlement is not None
            if exempt:
                HouseholdClass.objects.create(
                    household=entitlement.birth.household,
                    municipality=kodaira,
                    citizen=mother,
                    code="tax_exempt",
                    proof="tax_exemption_certificate",
                    starts_on=dt.date(2025, 4, 2),
                )
            offering = Offering.objects.select_related("facility", "contract").get(
                facility=facility or clinic, service=service
            )
            booking = request_booking(
                entitlement,
                offering,
                first_day=first,
                last_day=last,
                arrival=dt.time(10),
                note=note,
                allergies=allergies,
                siblings=siblings,
                form_token=f"form-{mother.pk}",
                by=mother,
                at=clock.now(),
            )
            if confirmed:
                worker = factories.StaffMembershipFactory(facility=facility).user if facility else receptionist
                confirm(booking, by=worker, at=clock.now())
        return booking

    return made


@pytest.fixture
def stand() -> Callable[[Booking], Booking]:
    """A booking as it stands in the database now."""

    def read(booking: Booking) -> Booking:
        with scopes_disabled():
            return Booking.objects.get(pk=booking.pk)

    return read
