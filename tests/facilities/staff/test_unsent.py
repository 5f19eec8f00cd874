"""What a desk typed before its session ended stands on the same page after the sign-in, and nothing was done."""

import re
from typing import Any

import pytest
from django.test import Client

from facilities.models import Block, Booking, CareRecord, DayCapacity, Hold, Payment
from facilities.services.attending import attend
from postpartum_portal.accounts.unsent import FIELD
from postpartum_portal.shared import clock
from tests.facilities.staff.conftest import Book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

BACK = "ログインが切れる前に書いたものを、もどしました。"
WORDS = "よく眠れています。"


def sent_too_late(desk: Client, receptionist: Any, where: str, **typed: Any) -> str:
    """The page after its form was sent by nobody signed in, and the same person signed in again in that browser."""
    page = desk.get(where).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.partition("<main")[2]))
    assert FIELD in hidden
    browser = Client()
    answer = browser.post(where, {**hidden, **typed})
    assert "kept=1" in answer["Location"]
    browser.force_login(receptionist)
    again = browser.get(where).content.decode()
    assert BACK in again
    assert BACK not in browser.get(where).content.decode()  # given back once
    return again


def test_care__gives_back_every_word_and_writes_nothing(
    desk: Client, receptionist: Any, book: Book, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to("2026-03-11T11:00:00+09:00")
    attend(booking, by=receptionist, at=clock.now())
    where = f"/facility/bookings/{booking.number}/care/"

    again = sent_too_late(desk, receptionist, where, mother=WORDS, check_supine="１０：３０", asks_call="on")

    assert f"{WORDS}</textarea>" in again
    assert 'value="１０：３０"' in again
    assert "checked" in again.partition('name="asks_call"')[2].partition(">")[0]
    assert not CareRecord.objects.exists()


def test_money__comes_back_with_its_items_and_is_not_received(
    desk: Client, receptionist: Any, book: Book, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to("2026-03-11T11:00:00+09:00")
    attend(booking, by=receptionist, at=clock.now())

    again = sent_too_late(
        desk, receptionist, f"/facility/bookings/{booking.number}/pay/", item_1=WORDS, yen_1="８００円"
    )

    assert f'value="{WORDS}"' in again
    assert 'value="８００円"' in again
    assert not Payment.objects.exists()


def test_decline__gives_back_the_reason_and_leaves_the_request(desk: Client, receptionist: Any, book: Book) -> None:
    booking = book(confirmed=False)
    where = f"/facility/requests/{booking.number}/decline/"

    again = sent_too_late(desk, receptionist, where, why="other", words=WORDS)

    assert f'value="{WORDS}"' in again
    assert Booking.objects.get().status == Booking.Status.REQUESTED


def test_days__come_back_as_they_were_typed_and_take_no_place(desk: Client, receptionist: Any) -> None:
    days = {"first_day_year": "R8", "first_day_month": "３", "first_day_day": "31"}

    again = sent_too_late(desk, receptionist, "/facility/holds/", **days, nights="二")
    assert 'value="二"' in again
    assert 'value="３"' in again
    again = sent_too_late(desk, receptionist, "/facility/capacity/blocks/new/", **days, note=WORDS)
    assert f'value="{WORDS}"' in again
    assert not Hold.objects.exists()
    assert not Block.objects.exists()


def test_month__comes_back_painted_and_sets_nothing(desk: Client, receptionist: Any) -> None:
    again = sent_too_late(desk, receptionist, "/facility/capacity/2026-03/", d=["2026-03-14"], place_short_stay="7")

    assert 'value="7"' in again
    assert "checked" in again.partition('value="2026-03-14"')[2].partition(">")[0]
    assert not DayCapacity.objects.filter(limit=7).exists()


def test_call__comes_back_with_its_time_and_what_it_means(
    desk: Client, receptionist: Any, book: Book, clock_at: Any
) -> None:
    booking = book()
    clock_at.move_to("2026-03-10T16:10:00+09:00")
    call = {"day_year": "R8", "day_month": "3", "day_day": "10", "time": "15:59"}

    again = sent_too_late(desk, receptionist, f"/facility/bookings/{booking.number}/cancel/", **call, shown="in_time 0")

    assert 'value="15:59"' in again
    assert "この日時の連絡だと、3日分が戻ります" in again
    assert Booking.objects.get().status == Booking.Status.CONFIRMED
