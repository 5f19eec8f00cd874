"""Choosing days on screen, and asking for them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement
from eligibility.public import ProgrammeVersion
from facilities.models import Booking, DayCapacity, Offering
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(entitlement: Entitlement, stay: Offering, signed_in: Client) -> str:
    return reverse("facilities:book_dates", args=["kodaira", stay.pk])


def read(client: Client, address: str, **said: Any) -> str:
    response = client.get(address, said)
    assert response.status_code == 200
    return response.content.decode()


def sent(page: str, **changes: Any) -> dict[str, Any]:
    """What the form on the page would send."""
    token = page.partition('name="token" value="')[2].partition('"')[0]
    return {"days": 3, "day": "2026-03-11", "arrival": "10:00:00", "note": "", "token": token, **changes}


def test_dates__offers_lengths_and_strikes_what_is_too_long(signed_in: Client, address: str) -> None:
    page = read(signed_in, address)

    assert "5泊6日" in page
    assert "<s>6泊7日</s><small>のこり5泊を超えます</small>" in page


def test_dates__counts_places_for_the_whole_stay(signed_in: Client, address: str, stay: Offering) -> None:
    DayCapacity.objects.filter(place=stay.place, day=dt.date(2026, 3, 20)).update(used=1)
    DayCapacity.objects.filter(place=stay.place, day=dt.date(2026, 3, 25)).update(used=2)
    DayCapacity.objects.filter(place=stay.place, day=dt.date(2026, 3, 28)).delete()

    page = read(signed_in, address, days=3)

    assert 'aria-label="3月17日(火)から2泊3日。空き2"' in page
    assert 'aria-label="3月18日(水)から2泊3日。空き1"' in page
    assert "<b>23</b><small>待つ</small></a>" in page
    assert 'aria-label="3月23日(月) 空きがありません。空きを待つ"' in page
    assert "<b>26</b><small>休み</small>" in page


def test_dates__sends_the_length_it_shows_when_the_address_says_none(
    signed_in: Client, entitlement: Entitlement, day_use: Offering
) -> None:
    page = read(signed_in, reverse("facilities:book_dates", args=["kodaira", day_use.pk]), day="2026-03-11")

    assert '<input type="hidden" name="days" value="1"' in page


def test_dates__shows_price_units_and_deadline_of_the_chosen_days(signed_in: Client, address: str) -> None:
    page = read(signed_in, address, days=3, day="2026-03-11")

    assert "3月11日(水)〜13日(金) 2泊3日" in page
    assert "10,000円" in page
    assert "あと7日 → 4日" in page
    assert "3月10日(火) 16:00 より前" in page


def test_dates__in_the_last_month__stops_at_the_last_day(signed_in: Client, address: str) -> None:
    page = read(signed_in, address, days=2, month="2026-05")

    assert "5月14日(木)</time>が使える最後の日です" in page
    assert "6月は期限後" in page
    assert "<b>14</b><small>長すぎ</small>" in page
    assert "<b>15</b><small>期限後</small>" in page
    assert "<b>17</b>" not in page


@pytest.mark.parametrize(
    "said",
    [
        {"days": "x", "day": "2026-02-31", "month": "13"},
        {"days": "999999999999", "day": "9999-12-31", "month": "9999-12"},
        {"days": "\x00", "day": "\x00", "month": "\x00"},
        {"day": "0001-01-01", "month": "0001-01"},
    ],
)
def test_dates__whatever_the_address_says__answers(signed_in: Client, address: str, said: dict[str, str]) -> None:
    read(signed_in, address, **said)


def test_ask__books_and_leads_to_the_booking(signed_in: Client, address: str) -> None:
    page = read(signed_in, address, days=3, day="2026-03-11")

    response = signed_in.post(address, sent(page, note="卵が食べられません"), follow=True)

    booking = Booking.objects.get()
    assert response.redirect_chain[-1][0] == reverse("facilities:booking", args=["kodaira", booking.number])
    assert (booking.arrival, booking.note) == (dt.time(10), "卵が食べられません")
    assert "まだ決まっていません" in response.content.decode()
    assert "当日までに返事がないときは、申しこみを閉じ、日数は戻ります。" in response.content.decode()


def test_ask__sent_twice__leads_to_the_same_booking(signed_in: Client, address: str) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"))

    first, second = signed_in.post(address, form), signed_in.post(address, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Booking.objects.count() == 1


def test_ask__when_the_last_place_went_meanwhile__says_which_day(
    signed_in: Client, address: str, stay: Offering
) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"))
    DayCapacity.objects.filter(place=stay.place, day=dt.date(2026, 3, 12)).update(used=2)

    page = signed_in.post(address, form).content.decode()

    assert "3月12日(木)は満室になりました。" in page
    assert "まだ予約していません。" in page


def test_ask__when_another_tab_used_the_units__says_why(
    signed_in: Client, address: str, ask: Ask, stay: Offering
) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"))
    ask(first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 4))

    page = signed_in.post(address, form).content.decode()

    assert "予約できませんでした" in page
    assert "のこりは2日です。1泊2日なら予約できます。" in page


def test_ask__when_another_tab_used_all_that_a_stay_needs__says_why_where_to_book(
    signed_in: Client, address: str, ask: Ask
) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"))
    ask(first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 5))

    page = signed_in.post(address, form, follow=True).content.decode()

    assert "のこりは1日です。日帰り型なら予約できます。" in page


def test_ask__with_days_that_no_page_offers__is_told_why(signed_in: Client, address: str) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"), day="2026-05-14")

    page = signed_in.post(address, form).content.decode()

    assert "使える最後の日は5月14日(木)です" in page


def test_dates__of_another_municipality_or_without_a_grant__do_not_exist(
    signed_in: Client, stay: Offering, entitlement: Entitlement
) -> None:
    stranger = Client()
    stranger.force_login(factories.UserFactory())
    address = reverse("facilities:book_dates", args=["kodaira", stay.pk])

    assert stranger.get(address).status_code == 404
    assert signed_in.get(reverse("facilities:book_dates", args=["kodaira", 99999])).status_code == 404


def test_dates__chosen_but_full__cannot_be_asked_for(signed_in: Client, address: str, stay: Offering) -> None:
    DayCapacity.objects.filter(place=stay.place, day=dt.date(2026, 3, 12)).update(used=2)

    page = read(signed_in, address, days=3, day="2026-03-11")

    assert "空きのない日があります。" in page
    assert "この内容で申しこむ" not in page


def test_ask__with_an_hour_that_is_not_offered__marks_the_box(signed_in: Client, address: str) -> None:
    form = sent(read(signed_in, address, days=3, day="2026-03-11"), arrival="09:00:00")

    page = signed_in.post(address, form).content.decode()

    assert "到着の時刻を選び直してください。" in page
    assert not Booking.objects.exists()


def test_dates__of_a_day_before_the_programme_began__are_refused_in_words(signed_in: Client, address: str) -> None:
    ProgrammeVersion.objects.update(effective_from=dt.date(2026, 3, 1))

    assert "もう過ぎています" in read(signed_in, address, day="2026-02-10")
