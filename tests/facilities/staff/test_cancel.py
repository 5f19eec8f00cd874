"""A cancellation by phone: the instant of the call decides, and what it means is shown before."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from facilities.models import Booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests.facilities.staff.conftest import Book

pytestmark = pytest.mark.django_db

LATE = "late 0 stay=3 stay_and_day=3 stay_nights=2"
Stand = Callable[[Booking], Booking]

TEN_PAST_FOUR = dt.datetime(2026, 3, 10, 16, 10, tzinfo=clock.TOKYO)


def typed(time: str, *, day: str = "10", **more: str) -> dict[str, str]:
    return {"day_year": "R8", "day_month": "3", "day_day": day, "time": time, **more}


def test_page__shows_what_a_call_right_now_would_mean(desk: Client, book: Book, clock_at: Any, stand: Stand) -> None:
    booking = book()
    clock_at.move_to(TEN_PAST_FOUR)

    html = desk.get(f"/facility/bookings/{booking.number}/cancel/").content.decode()

    assert 'value="16:10"' in html
    assert "この日時の連絡だと、3日分を使ったことになります" in html
    assert f'name="shown" value="{LATE}"' in html
    assert stand(booking).status == Booking.Status.CONFIRMED


@pytest.mark.parametrize(
    ("time", "means"), [("15:59", "3日分が戻ります"), ("１６：００", "3日分を使ったことになります")]
)
def test_check__shows_the_meaning_of_the_instant_typed(
    time: str, means: str, desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book()
    clock_at.move_to(TEN_PAST_FOUR)

    html = desk.post(f"/facility/bookings/{booking.number}/cancel/", typed(time)).content.decode()

    assert f"この日時の連絡だと、{means}" in html
    assert stand(booking).status == Booking.Status.CONFIRMED


def test_cancel__typed_in_after_the_deadline__counts_from_the_call(
    desk: Client, book: Book, clock_at: Any, stand: Stand, receptionist: Any
) -> None:
    booking = book()
    clock_at.move_to(TEN_PAST_FOUR)

    answer = desk.post(f"/facility/bookings/{booking.number}/cancel/", typed("15:59", shown="in_time 0"), follow=True)

    cancelled = stand(booking)
    assert cancelled.status == Booking.Status.CANCELLED_IN_TIME
    assert cancelled.contact_at == TEN_PAST_FOUR - dt.timedelta(minutes=11)
    assert cancelled.closed_at == TEN_PAST_FOUR
    assert Event.objects.get(verb="booking.cancelled").actor_id == receptionist.pk
    html = answer.content.decode()
    assert "取り消しの控え" in html
    assert "3月10日(火) 15:59" in html
    assert "3月10日(火) 16:10" in html
    assert "3日分はお母さんに戻りました。" in html


def test_cancel__with_another_meaning_than_was_shown__asks_again(
    desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book()
    clock_at.move_to(TEN_PAST_FOUR)

    html = desk.post(f"/facility/bookings/{booking.number}/cancel/", typed("15:59", shown=LATE)).content.decode()

    assert "まだ取り消していません。" in html
    assert 'name="shown" value="in_time 0"' in html
    assert stand(booking).status == Booking.Status.CONFIRMED


@pytest.mark.parametrize(
    ("time", "day", "sentence"),
    [
        ("16:11", "10", "これからの時刻は入力できません。"),
        ("9:00", "11", "これからの時刻は入力できません。"),
        ("9:59", "5", "それより後の時刻を入力してください。"),
        ("四時", "10", "時刻は 15:59 のように入力してください。"),
        ("", "10", "連絡を受けた時刻を入力してください。"),
    ],
)
def test_cancel__with_an_instant_that_cannot_be__changes_nothing(
    time: str, day: str, sentence: str, desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    booking = book()
    clock_at.move_to(TEN_PAST_FOUR)

    html = desk.post(f"/facility/bookings/{booking.number}/cancel/", typed(time, day=day, shown=LATE)).content.decode()

    assert sentence in html
    assert 'name="shown"' not in html
    assert stand(booking).status == Booking.Status.CONFIRMED


def test_cancel__of_a_request__is_free(desk: Client, book: Book, clock_at: Any) -> None:
    booking = book(confirmed=False)
    clock_at.move_to(TEN_PAST_FOUR)

    html = desk.get(f"/facility/bookings/{booking.number}/cancel/").content.decode()

    assert "3日分が戻ります" in html


def test_cancel__of_a_cancelled_booking__leads_to_its_receipt(desk: Client, book: Book) -> None:
    booking = book()
    desk.post(f"/facility/bookings/{booking.number}/cancel/", typed("10:00", day="5", shown="in_time 0"))

    answer = desk.post(
        f"/facility/bookings/{booking.number}/cancel/", typed("10:00", day="5", shown="in_time 0"), follow=True
    )

    assert "もう取り消されているか" in answer.content.decode()
    assert "取り消しの控え" in answer.content.decode()


def test_booking__that_did_not_take_place__shows_no_amount_to_collect(desk: Client, book: Book) -> None:
    booking = book()
    assert "受け取る額" in desk.get(f"/facility/bookings/{booking.number}/").content.decode()

    desk.post(f"/facility/bookings/{booking.number}/cancel/", typed("10:00", day="5", shown="in_time 0"))

    assert "受け取る額" not in desk.get(f"/facility/bookings/{booking.number}/").content.decode()


def test_cancel__with_a_call_after_she_was_due__says_where_to_record_it(
    desk: Client, book: Book, clock_at: Any, stand: Stand
) -> None:
    """From 10:00 of the first day nothing is left to cancel; a call before that may still be typed in."""
    booking = book()
    clock_at.move_to(dt.datetime(2026, 3, 11, 12, tzinfo=clock.TOKYO))
    url = f"/facility/bookings/{booking.number}/cancel/"

    assert 'name="shown"' not in desk.get(url).content.decode()
    html = desk.post(url, typed("10:00", day="11", shown=LATE)).content.decode()
    assert "利用が始まったあとの時刻です。" in html
    assert stand(booking).status == Booking.Status.CONFIRMED

    desk.post(url, typed("9:59", day="11", shown=LATE))
    assert stand(booking).status == Booking.Status.CANCELLED_LATE
