"""What the desk and the mails say of a booking in municipalities whose prices, hours or places are not Kodaira's."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking
from tests.facilities.shown import shown_on
from tests.facilities.staff.conftest import WEDNESDAY, Book
from tests.facilities.walking import MAY_CHILD, desk, family, mails, sample_facilities

pytestmark = pytest.mark.django_db

DAY = "2026-06-10"
STAY: dict[str, Any] = {"days": 3, "arrival": "09:00:00"}


def seen(booking: Booking, page: str = "") -> str:
    """The words of a page of the facility, by default the day's sheet."""
    answer = desk(booking).get(f"/facility/{page or f'days/{booking.first_day}/'}")
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


@pytest.mark.parametrize(("days", "to_pay"), [(2, "13,000円"), (3, "19,500円"), (4, "26,000円")])
def test_price__of_days_that_cost_differently__is_the_total_alone(
    zushi: Municipality, in_june: None, days: int, to_pay: str
) -> None:
    booking = family(zushi, **MAY_CHILD).books("short_stay", DAY, **{**STAY, "days": days})

    for page in ("", f"bookings/{booking.number}/"):
        assert to_pay in seen(booking, page)
        assert "×" not in seen(booking, page)


def test_price__with_a_reduction__is_the_total_alone(kawasaki: Municipality, in_june: None) -> None:
    sample_facilities()
    booking = family(kawasaki, **MAY_CHILD).books("short_stay", DAY, days=3, arrival="10:00:00")

    assert f"{booking.quote['total']:,}円" in seen(booking)
    assert "×" not in seen(booking)


def test_price__of_nights_that_cost_the_same__tells_how_many(book: Book) -> None:
    booking = book()

    assert "10,000円5,000円×2泊" in seen(booking)


def test_price__of_a_day__tells_that_it_is_one(book: Book) -> None:
    assert "2,000円×1日" in seen(book(service="day_service", last=WEDNESDAY))


def test_mails__of_a_visit_that_she_books_herself__name_a_visitor(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("home_visit", DAY, arrival="09:00:00")
    asked, settled = mails(household, "booking_requested")[0], mails(household, "booking_confirmed")[0]

    assert booking.hours is None
    assert "訪問 9:00 から" in asked
    assert "訪問する人が確かめて" in asked
    assert "訪問 9:00 から" in settled
    assert "到着" not in asked + settled


def test_mails__of_a_stay__name_arrival_and_facility(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)
    household.books("short_stay", DAY, **STAY)
    asked = mails(household, "booking_requested")[0]

    assert "到着 9:00" in asked
    assert "施設が確かめて" in asked


def test_requests__where_places_are_kept__say_that_they_are_taken(book: Book) -> None:
    booking = book(confirmed=False)

    assert "依頼のときに取ってあります" in seen(booking, "requests/")
    assert "取ってあった空きも戻ります" in seen(booking, f"requests/{booking.number}/decline/")


def test_requests__where_none_are_kept__say_nothing_of_them(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)
    household.sends("short_stay", DAY, **STAY)
    booking = household.booked(DAY)

    assert "1件。依頼の早い順です。" in seen(booking, "requests/")
    assert "取ってあります" not in seen(booking, "requests/")
    assert "取ってあった空き" not in seen(booking, f"requests/{booking.number}/decline/")


@pytest.mark.parametrize("service", ["day_service", "home_visit"])
def test_sheet__without_hours__has_no_empty_part(okayama: Municipality, in_june: None, service: str) -> None:
    sample_facilities()
    booking = family(okayama, **MAY_CHILD).books(service, DAY, provisional="on", arrival="")
    with scopes_disabled():
        Booking.objects.update(arrival=None)

    assert "・1か月9日" in seen(booking)
    assert "・・" not in seen(booking)


def test_left__of_a_visit_that_shares_its_days__is_not_called_one(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)
    book = household.reads("book")
    mine = household.browser.get(reverse("pages:my_page", args=["zushi"])).content.decode()

    assert "訪問型は1回ずつ予約します。" in mine
    assert "1回ずつ予約します。" in book
    assert "1回まで" not in book + mine


def test_no_show__of_a_visit__says_that_she_was_not_at_home(zushi: Municipality, in_june: None, clock_at: Any) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("home_visit", DAY, arrival="09:00:00")
    clock_at.move_to(f"{DAY}T08:00:00+09:00")
    where = reverse("facility:no_show", args=[booking.number])
    worker = desk(booking)

    page = worker.get(where).content.decode()
    receipt = worker.post(where, {"shown": shown_on(page)}, follow=True).content.decode()

    told = mails(household, "booking_no_show")[0]
    hers = [household.reads("booking", booking.number), household.reads("bookings"), told]
    assert "訪問の時刻は、まだです。" in page
    assert "連絡なく不在だと、1日分を使ったことになります" in page
    assert "1日分を使ったことにして不在と記録する" in page
    assert "不在の記録" in receipt
    assert "連絡がなかったため、不在と記録しました。" in told
    for html in (page, receipt, *hers):
        assert not [word for word in ("来所", "来ていない", "到着の時刻", "に到着") if word in html]


def test_no_show__when_it_means_something_else_by_now__tells_that_first(
    zushi: Municipality, in_june: None, clock_at: Any
) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("short_stay", DAY, **STAY)
    clock_at.move_to(f"{DAY}T18:00:00+09:00")

    page = desk(booking).post(reverse("facility:no_show", args=[booking.number]), {"shown": "no_show 0"})

    assert "まだ記録していません。" in page.content.decode()
    assert shown_on(page.content.decode()).startswith("no_show open ")
    assert household.live() == [booking]
