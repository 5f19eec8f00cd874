"""A facility that books through an association: requests and calls land on its desk, who comes is noted at home."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility, Hold, Move, Offering
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.clients import signed_in
from tests.facilities.moves import day, move_to
from tests.facilities.staff.conftest import Book

pytestmark = pytest.mark.django_db

INBOX = "/facility/requests/"
HOLDS = "/facility/holds/"
BOOKINGS = "/facility/bookings/"


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


@pytest.fixture
def call(clinic: Facility) -> dict[str, Any]:
    """Two nights from 3月11日, for a caller."""
    with scopes_disabled():
        stay = Offering.objects.get(facility=clinic, service="short_stay")
    day = {"first_day_year": "令和8", "first_day_month": "3", "first_day_day": "11"}
    return {"offering": stay.pk, **day, "nights": "2", "token": "a-call-of-the-morning"}


def asked_to_move(booking: Booking) -> Move:
    """By a week."""
    with tenant(municipality=booking.municipality_id):
        offering = Offering.objects.select_related("facility", "contract").get(
            facility=booking.facility, service=booking.service
        )
        return move_to(booking, offering, day(18), day(20), by=booking.citizen, at=clock.now())


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
    assert their_desk.get(f"{INBOX}{booking.number}/")["Location"] == f"{BOOKINGS}{booking.number}/"


def test_association__sees_nothing_else_of_its_facilities(
    their_desk: Client, association: Facility, clinic: Facility, book: Book
) -> None:
    elsewhere = Facility.objects.create(code="anderer", name="ほかの施設")
    confirmed = book()
    for address in ("attend", "no_show", "outcome"):
        assert their_desk.post(reverse(f"facility:{address}", args=[confirmed.number])).status_code == 404

    with scopes_disabled():
        Booking.objects.filter(pk=confirmed.pk).update(status=Booking.Status.ATTENDED)
    assert not _found(their_desk, confirmed), "who came stays with the facility"

    asked = book(confirmed=False)
    with scopes_disabled():
        Booking.objects.filter(pk=asked.pk).update(facility=elsewhere)
    assert not _found(their_desk, asked)
    assert their_desk.get(f"{INBOX}{asked.number}/").status_code == 404
    assert their_desk.post(f"{INBOX}{asked.number}/confirm/").status_code == 404


def test_association__records_a_cancellation_by_phone(
    their_desk: Client, desk: Client, association: Facility, clinic: Facility, book: Book, stand: Any, clock_at: Any
) -> None:
    booking, call = book(), dt.datetime(2026, 3, 10, 15, 59, tzinfo=clock.TOKYO)
    with scopes_disabled():
        Booking.objects.filter(pk=booking.pk).update(unwell_at=clock.now())
    clock_at.move_to(call + dt.timedelta(minutes=11))

    listed = their_desk.get(BOOKINGS).content.decode()
    assert "髙橋 美咲" in listed
    assert clinic.name in listed
    spoken = booking.number.replace("-", " ").translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    where = their_desk.post(BOOKINGS, {"number": spoken})["Location"]
    page = their_desk.get(where).content.decode()
    assert "電話での取り消しを記録する" in page
    assert "体調の連絡" not in page
    assert "到着した" not in page
    assert "体調の連絡" in desk.get(where).content.decode()

    typed = {"day_year": "R8", "day_month": "3", "day_day": "10", "time": "15:59", "shown": "in_time 0"}
    answer = their_desk.post(f"{where}cancel/", typed, follow=True)

    assert "取り消しの控え" in answer.content.decode()
    cancelled = stand(booking)
    assert (cancelled.status, cancelled.contact_at) == (Booking.Status.CANCELLED_IN_TIME, call)
    assert Event.objects.get(verb="booking.cancelled").actor_id == association.staff.get().user_id
    assert "取り消しの控え" in desk.get(where).content.decode()
    assert "髙橋 美咲" not in their_desk.get(BOOKINGS).content.decode()


def test_association__finds_a_booking_as_long_as_its_contract_names_it(
    their_desk: Client, desk: Client, association: Facility, clinic: Facility, book: Book
) -> None:
    booking, staff = book(), association.staff.get().user
    other = Facility.objects.create(code="mihon-another", name="ほかの会")
    with scopes_disabled():
        contracts = Contract.objects.filter(facility=clinic)
        contracts.update(starts_on=None, ends_on=clock.today() - dt.timedelta(days=1))
        assert staff.has_perm("facilities.cancel", booking)
    assert _found(their_desk, booking), "what was booked before the end may still be given up"

    with scopes_disabled():
        contracts.update(booked_through=other)
        assert not staff.has_perm("facilities.cancel", booking)
    assert not _found(their_desk, booking)
    assert desk.get(BOOKINGS).status_code == 404, "a facility that answers for itself has its day's sheet"


def _found(browser: Client, booking: Booking) -> bool:
    """In the list, by its number, by its address and by that of a cancellation: in all of them, or in none."""
    page = browser.get(BOOKINGS)
    answers = {
        page.status_code == 200 and booking.number in page.content.decode(),
        browser.post(BOOKINGS, {"number": booking.number}).status_code == 302,
        browser.get(f"{BOOKINGS}{booking.number}/").status_code == 200,
        browser.get(f"{BOOKINGS}{booking.number}/cancel/").status_code == 200,
    }
    (answer,) = answers
    return answer


def test_association__keeps_days_for_callers_of_its_facilities(
    their_desk: Client, desk: Client, clinic: Facility, call: dict[str, Any]
) -> None:
    assert f"{clinic.name} 宿泊型" in their_desk.get(HOLDS).content.decode()

    where = their_desk.post(HOLDS, call)["Location"]

    with scopes_disabled():
        code = Hold.objects.get().spoken
    assert code in their_desk.get(where).content.decode()
    assert clinic.name in their_desk.get(HOLDS).content.decode().partition("いまの仮予約")[2]
    assert desk.get(where).status_code == 404, "who calls that number hears the code there"
    assert their_desk.post(f"{where}release/")["Location"] == HOLDS
    with scopes_disabled():
        assert Hold.objects.get().status == Hold.Status.RELEASED


def test_association__neither_keeps_days_nor_answers_where_nobody_books_through_it(
    their_desk: Client, association: Facility, clinic: Facility, call: dict[str, Any], book: Book
) -> None:
    booking, other = book(), Facility.objects.create(code="mihon-another", name="ほかの会")
    where = their_desk.post(HOLDS, call)["Location"]
    with scopes_disabled():
        move = asked_to_move(booking)
        Contract.objects.filter(facility=clinic).update(booked_through=other)
        hold = Hold.objects.get()

    for address in (where, reverse("facility:asked_move", args=[move.number])):
        assert their_desk.get(address).status_code == 404
    assert their_desk.post(reverse("facility:accept_move", args=[move.number])).status_code == 404
    assert their_desk.post(f"{where}release/").status_code == 404
    assert "選び直してください" in their_desk.post(HOLDS, {**call, "token": "another-call-later"}).content.decode()
    staff = association.staff.get().user
    with scopes_disabled():
        for may in ("facilities.hold", "facilities.answer"):
            assert not staff.has_perm(may, hold)
            assert not staff.has_perm(may, move)


def test_association__answers_changes_of_dates(their_desk: Client, clinic: Facility, book: Book) -> None:
    move = asked_to_move(book())
    where = reverse("facility:asked_move", args=[move.number])

    assert clinic.name in their_desk.get(where).content.decode()
    their_desk.post(reverse("facility:decline_move", args=[move.number]), {"why": "full"})

    with scopes_disabled():
        assert Move.objects.get().status == Move.Status.DECLINED


def test_association__sends_no_month_for_its_facilities_and_says_who_does(their_desk: Client, book: Book) -> None:
    book()
    month = "/facility/months/kodaira/2026-03/"
    assert their_desk.get(month).status_code == 404
    assert their_desk.post(f"{month}send/", {"seen": "any"}).status_code == 404
    assert "その施設が送ります" in their_desk.get("/facility/months/").content.decode()
    assert "使う施設が自治体に送ります" in their_desk.get(BOOKINGS).content.decode()


def test_association__to_which_nobody_comes__begins_with_its_requests(their_desk: Client) -> None:
    page = their_desk.get("/facility/", follow=True)

    assert page.redirect_chain == [(INBOX, 302)]
    assert "空きの設定" not in page.content.decode()


def test_association__where_nobody_signs_in__leaves_the_request_with_the_facility(
    association: Facility, desk: Client, book: Book
) -> None:
    book(confirmed=False)

    assert "髙橋 美咲" in desk.get(INBOX).content.decode()


def test_association__is_named_to_her_as_who_answers(association: Facility, book: Book) -> None:
    booking = book()
    with scopes_disabled():
        Contract.objects.update(booking={"by": "association", "name": association.name})
    assert booking.citizen
    hers = signed_in(booking.citizen)

    page = hers.get(f"/kodaira/my/bookings/{booking.number}/cancel/").content.decode()
    assert f"あなたと{association.name}の両方に残ります。" in page
    with scopes_disabled():
        Booking.objects.update(status=Booking.Status.SUGGESTED)
    assert f"{association.name}から、ほかの日の提案があります" in hers.get("/kodaira/my/").content.decode()
