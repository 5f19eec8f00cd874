"""A visitor is a facility of one kind: it learns hour, length and address of a visit, and nobody else the address."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.public import entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking
from facilities.services.answering import confirm, decline
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.arranging import arranged, supporters, wished

pytestmark = pytest.mark.django_db

ADDRESS = "小平市学園東町1-2-3"


@pytest.fixture
def supporter(kodaira: Municipality) -> Any:
    return factories.StaffMembershipFactory(facility=supporters(kodaira).facility).user


@pytest.fixture
def asked(kodaira: Municipality, mother: Any, nurse: Any) -> Booking:
    """A visit on 3月11日 from 13:00, for two hours, that waits for its answer."""
    with tenant(municipality=kodaira.pk):
        factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother)
        entitlement = entitlement_of(mother, kodaira)
        assert entitlement is not None
        return arranged(wished(entitlement), supporters(kodaira), by=nurse)


@pytest.fixture
def visitor(client: Client, supporter: Any) -> Client:
    client.force_login(supporter)
    return client


def pages(client: Client, booking: Booking) -> list[str]:
    addresses = (f"bookings/{booking.number}/", "days/2026-03-11/", "requests/", f"requests/{booking.number}/")
    answers = [client.get(f"/facility/{address}") for address in addresses]
    return [answer.content.decode() for answer in answers if answer.status_code == 200]


def test_request__tells_hour_length_and_where_to_go(visitor: Client, asked: Booking) -> None:
    page = visitor.get(f"/facility/requests/{asked.number}/").content.decode()

    for words in ("13:00", "15:00", "2時間", ADDRESS, "1,200円", "回数はお母さんに戻ります"):
        assert words in page


def test_day__tells_hour_length_and_where_to_go(visitor: Client, asked: Booking, supporter: Any) -> None:
    with scopes_disabled():
        confirm(asked, by=supporter, at=clock.now())

    page = visitor.get("/facility/days/2026-03-11/").content.decode()

    for words in ("13:00", "15:00", "2時間", ADDRESS, "1,200円"):
        assert words in page


def test_address__is_not_told_after_a_decline(visitor: Client, asked: Booking, supporter: Any) -> None:
    with scopes_disabled():
        decline(asked, reason="この日は休みます。", by=supporter, at=clock.now())

    assert not [page for page in pages(visitor, asked) if ADDRESS in page]


def test_absence__costs_what_the_programme_says(visitor: Client, asked: Booking, supporter: Any, clock_at: Any) -> None:
    with scopes_disabled():
        confirm(asked, by=supporter, at=clock.now())
    clock_at.move_to(dt.datetime(2026, 3, 11, 14, tzinfo=clock.TOKYO))

    page = visitor.get(f"/facility/bookings/{asked.number}/absent/").content.decode()

    assert "2,000円" in page
    assert "1回分を使ったこと" in page
