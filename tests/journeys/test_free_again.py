"""What comes free is shown to parents within seconds: on the facility's page, in the month, and it can be had."""

import datetime as dt

import pytest
from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.public import decline
from facilities.services.holding import hold_days
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from tests import factories
from tests.processes.support.portal import Portal
from tests.processes.support.sessions import Session
from tests.scripts.waiting import eventually

from . import given

# Beside the journeys, with which it shares the running portal. It needs no browser.
pytestmark = [pytest.mark.journey, pytest.mark.both_databases]

DAY, LAST = dt.date(2026, 3, 11), dt.date(2026, 3, 12)
WITHIN = 5.0
"""Seconds. A worker looks every second here, every five in production."""


def test_places__of_a_request_declined_and_of_a_hold_that_ran_out__are_had_within_seconds(
    portal: Portal, kodaira: Municipality
) -> None:
    portal.move_clock_to("2026-03-05 10:00")
    clinic = given.clinic(places=1)
    receptionist = factories.StaffMembershipFactory(facility=clinic).user
    with scopes_disabled():
        Facility.objects.filter(pk=clinic.pk).update(publishes_places=True)
        offerings = Offering.objects.select_related("facility", "contract", "municipality")
        stay = offerings.get(facility=clinic, service="short_stay")
    waits, other = (_mother(kodaira) for _ in range(2))
    sees = Sees(portal, stay, waits)

    assert "/bookings/" in Session(portal.origin, other.citizen).post(sees.month, FORM).location
    assert not sees.the_place()
    with scopes_disabled():
        decline(Booking.objects.get(), reason="職員が足りません。", by=receptionist, at=clock.now())
    assert sees.the_place(), "at once"

    with scopes_disabled():
        span = {"first_day": DAY, "last_day": LAST}
        hold_days(stay, **span, arrival=None, form_token="call", by=receptionist, at=clock.now())
    assert not sees.the_place()
    portal.move_clock_to("2026-03-05 10:17")  # its mails are sent by now: the worker is at work
    assert eventually(lambda: not _taken(clinic), seconds=WITHIN)
    assert sees.the_place(), "pages read the counters themselves"

    assert "/bookings/" in sees.session.post(sees.month, {**FORM, "token": "had-by-who-waited"}).location
    with scopes_disabled():
        assert check() == []


FORM = {"day": str(DAY), "days": 2, "arrival": "10:00:00", "note": "", "token": "had-by-the-other"}


class Sees:
    """What a mother sees of the day, on both pages over HTTP."""

    def __init__(self, portal: Portal, stay: Offering, mother: Entitlement) -> None:
        town = mother.municipality.slug
        self.session = Session(portal.origin, mother.citizen)
        self.month = f"/{town}/my/book/{stay.pk}/"
        self.page = f"/{town}/facilities/{stay.facility.code}/"

    def the_place(self) -> bool:
        """Both say the same."""
        hers = f'value="{DAY}"' in self.session.get(f"{self.month}?days=2&month={DAY:%Y-%m}").text
        published = "3月11日(水) 満" not in self.session.get(self.page).text
        return hers and published


def _taken(clinic: Facility) -> bool:
    with scopes_disabled():
        return DayCapacity.objects.filter(facility=clinic, used__gt=0).exists()


def _mother(town: Municipality) -> Entitlement:
    made = factories.EntitlementFactory(municipality=town)
    with scopes_disabled():
        found = entitlement_of(made.citizen, town)
    assert found is not None
    return found
