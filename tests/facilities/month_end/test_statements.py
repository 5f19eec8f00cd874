"""A month of many families asks the database no more often than one of few, on both sides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Facility, MonthReport
from facilities.services.month_centre import send_back
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests import factories
from tests.clients import signed_in
from tests.facilities.month_end.conftest import Send

pytestmark = pytest.mark.django_db

PAGE = "/facility/months/kodaira/2026-03/"
FEW, MANY = 2, 9

Come = Callable[[int], None]


@pytest.fixture
def families(kodaira: Municipality, clinic: Facility, contract: Any, clock_at: Any) -> Come:
    """More families who stayed in March, each twice; the month is over."""
    contract(30_000)
    clock_at.move_to("2026-04-01T09:00:00+09:00")

    def come(number: int) -> None:
        for _ in range(number):
            stays = {"municipality": kodaira, "facility": clinic, "status": "attended"}
            stays["quote"] = {"lines": [], "total": 10_000, "class": "general"}
            first = factories.BookingFactory(**stays)
            factories.BookingFactory(**stays, entitlement=first.entitlement)

    return come


def test_page__of_the_facility_asks_no_more_for_more_families(families: Come, desk: Client) -> None:
    families(FEW)
    few = _statements(desk, PAGE)
    families(MANY)
    assert _statements(desk, PAGE) == few


def test_page__of_the_centre_asks_no_more_for_more_families(families: Come, nurse: User, send: Send) -> None:
    centre = signed_in(nurse)
    families(FEW)
    page = f"/kodaira/centre/months/{send().pk}/"
    few = _statements(centre, page)
    with scopes_disabled():
        send_back(MonthReport.objects.get(), revision=1, reason="もう一度", by=nurse, at=clock.now())
    families(MANY)
    send()
    assert _statements(centre, page) == few


def _statements(browser: Client, page: str) -> int:
    browser.get(page)  # what a first look keeps, such as that the month is being checked
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)
