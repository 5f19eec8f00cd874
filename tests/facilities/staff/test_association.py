"""A facility that books through an association: requests land on its desk, and everything else stays at home."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.staff.conftest import Book

pytestmark = pytest.mark.django_db

INBOX = "/facility/requests/"


@pytest.fixture
def association(kodaira: Municipality, clinic: Facility) -> Facility:
    made = Facility.objects.create(code="mihon-josanshikai", name="見本の助産師会")
    with scopes_disabled():
        Contract.objects.filter(facility=clinic, municipality=kodaira).update(booked_through=made)
    return made


@pytest.fixture
def their_desk(association: Facility) -> Client:
    browser = Client()
    browser.force_login(factories.StaffMembershipFactory(facility=association).user)
    return browser


def test_association__answers_the_requests_of_its_facilities(
    their_desk: Client, desk: Client, clinic: Facility, book: Book
) -> None:
    booking = book(confirmed=False)

    inbox = their_desk.get(INBOX).content.decode()
    assert "髙橋 美咲" in inbox
    assert clinic.name in inbox
    assert "予約の依頼 1" in inbox.replace("\n", ""), "the menu counts it"
    assert "髙橋 美咲" not in desk.get(INBOX).content.decode(), "it is not asked twice"

    assert their_desk.get(f"{INBOX}{booking.number}/").status_code == 200
    their_desk.post(f"{INBOX}{booking.number}/confirm/")

    with scopes_disabled():
        assert Booking.objects.get().status == Booking.Status.CONFIRMED
    assert Mail.objects.filter(kind="booking_confirmed").count() == 1
    assert desk.get(reverse("facility:booking", args=[booking.number])).status_code == 200, "the guest comes to them"
    assert their_desk.get(f"{INBOX}{booking.number}/")["Location"] == INBOX


def test_association__sees_nothing_else_of_its_facilities(
    their_desk: Client, association: Facility, clinic: Facility, book: Book
) -> None:
    elsewhere = Facility.objects.create(code="anderer", name="ほかの施設")
    confirmed = book()
    for address in ("booking", "cancel", "no_show"):
        assert their_desk.get(reverse(f"facility:{address}", args=[confirmed.number])).status_code == 404

    asked = book(confirmed=False)
    with scopes_disabled():
        Booking.objects.filter(pk=asked.pk).update(facility=elsewhere)
    assert their_desk.get(f"{INBOX}{asked.number}/").status_code == 404
    assert their_desk.post(f"{INBOX}{asked.number}/confirm/").status_code == 404


def test_association__where_nobody_signs_in__leaves_the_request_with_the_facility(
    association: Facility, desk: Client, book: Book
) -> None:
    book(confirmed=False)

    assert "髙橋 美咲" in desk.get(INBOX).content.decode()
