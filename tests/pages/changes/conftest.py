"""A mother to whom everything was granted, and a stay that is confirmed."""

from typing import Any

import pytest

from applications.models import Application
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from tests import factories
from tests.cases import handed_in
from tests.walks.person import Person

from .given import MARCH, book


@pytest.fixture
def approved(kodaira: Municipality) -> Application:
    """Everything granted for a child born on 1月15日: until 5月14日. Today is 3月5日."""
    application: Application = handed_in(kodaira, status="approved", birth__expected=False)
    factories.EntitlementFactory(municipality=kodaira, birth=application.birth)
    return application


@pytest.fixture
def mother(approved: Application) -> Person:
    return Person(approved.citizen)


@pytest.fixture
def stay(approved: Application, clinic: Facility, receptionist: Any) -> Booking:
    """Three days from 3月11日, confirmed, for 10,000 yen."""
    return book(approved, clinic, receptionist, MARCH)
