"""The main pages of each municipality at both widths, opened and inspected without walking there."""

import datetime as dt

import pytest

from tests import factories
from tests.conftest import Published
from tests.facilities.walking import offering, sample_facilities
from tests.processes.support.portal import Portal

from .browser import DESK, PHONE, Window
from .conftest import Meet
from .steps.signing_in import has_signed_in

pytestmark = pytest.mark.journey

TOWNS = {
    "kodaira": "short_stay",
    "kumagaya": "",
    "kawasaki": "short_stay",
    "zushi": "short_stay",
    "okayama": "short_stay",
}
"""Each with a service whose days are chosen at a facility; "" where the centre arranges all."""

HERS = ("my/", "my/book/", "my/bookings/", "my/letters/", "my/messages/", "my/birth/", "my/loss/")
CENTRES = ("centre/", "centre/amounts/", "centre/letters/")


@pytest.mark.parametrize("window", [PHONE, pytest.param(DESK, marks=pytest.mark.soak)], ids=["390", "1280"])
@pytest.mark.parametrize("town", TOWNS)
def test_pages(portal: Portal, published: Published, meet: Meet, town: str, window: Window) -> None:
    portal.move_clock_to("2026-06-01 10:00")
    municipality = published(town)
    sample_facilities()
    birth = {"due_date": dt.date(2026, 5, 1), "born_on": dt.date(2026, 5, 1)}
    entitlement = factories.EntitlementFactory(
        municipality=municipality, **{f"birth__{name}": value for name, value in birth.items()}
    )
    mother = meet(f"pages-{town}", window, town=town)

    mother.opens(f"/{town}/")
    mother.opens(f"/{town}/check/")
    has_signed_in(mother, entitlement.citizen.email)
    for path in HERS:
        mother.opens(f"/{town}/{path}")
    service = TOWNS[town]
    if service:
        mother.opens(f"/{town}/my/book/{offering(municipality, service).pk}/?day=2026-06-10&days=2")
    has_signed_in(mother, factories.UserFactory().email)
    mother.opens(f"/{town}/apply/")
    has_signed_in(mother, factories.MembershipFactory(municipality=municipality, role="decider").user.email)
    for path in CENTRES:
        mother.opens(f"/{town}/{path}")
