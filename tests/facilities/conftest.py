"""A mother with everything granted, a stay to ask for, and the clinic that has places."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.public import request_booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories

Ask = Callable[..., Booking]


@pytest.fixture
def _in_kodaira(kodaira: Municipality) -> Iterator[None]:
    """The scope in which staff and services of one municipality work."""
    with tenant(municipality=kodaira.pk):
        yield


@pytest.fixture
def in_june(clock_at: Any) -> None:
    """10:00 on 2026-06-01, when every programme file is in force."""
    clock_at.move_to("2026-06-01T10:00:00+09:00")


@pytest.fixture
def entitlement(kodaira: Municipality, mother: Any, _in_kodaira: None) -> Entitlement:
    """All of Kodaira's services for a child born on 2026-01-15: usable until 2026-05-14."""
    factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother)
    found = entitlement_of(mother, kodaira)
    assert found is not None
    return found


@pytest.fixture
def signed_in(mother: Any) -> Client:
    """The mother's browser."""
    client = Client()
    client.force_login(mother)
    return client


@pytest.fixture
def stay(clinic: Facility, _in_kodaira: None) -> Offering:
    return _offering(clinic, "short_stay")


@pytest.fixture
def day_use(clinic: Facility, _in_kodaira: None) -> Offering:
    return _offering(clinic, "day_service")


@pytest.fixture
def ask(entitlement: Entitlement, stay: Offering, mother: Any) -> Ask:
    """Ask for three days from 3月11日, at 10:00 on 3月5日, unless told otherwise."""
    tokens = itertools.count()

    def request(**changes: Any) -> Booking:
        wish: dict[str, Any] = {
            "first_day": dt.date(2026, 3, 11),
            "last_day": dt.date(2026, 3, 13),
            "arrival": dt.time(10),
            "note": "",
            "form_token": f"form-{next(tokens)}",
            "by": mother,
            "at": clock.now(),
        }
        offering = changes.pop("offering", stay)
        return request_booking(changes.pop("entitlement", entitlement), offering, **{**wish, **changes})

    return request


def _offering(facility: Facility, service: str) -> Offering:
    return Offering.objects.select_related("facility", "contract").get(facility=facility, service=service)
