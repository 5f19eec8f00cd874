"""The inbox, and a request's answer."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from facilities.models import Booking, DayCapacity, Facility
from facilities.services.cancelling import cancel
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.facilities.shown import FREE
from tests.facilities.staff.conftest import FRIDAY, Book

pytestmark = pytest.mark.django_db

Stand = Callable[[Booking], Booking]


def test_inbox__is_ordered_by_who_asked_first(desk: Client, book: Book, clock_at: Any) -> None:
    first = book(name="さき さん", first=FRIDAY, last=FRIDAY, service="day_service", confirmed=False)
    clock_at.shift(dt.timedelta(minutes=1))
    second = book(name="あと さん", confirmed=False)

    answer = desk.get("/facility/requests/")

    assert [card.number for card in answer.context["cards"]] == [first.number, second.number]
    assert '予約の依頼 2<span class="vh">件</span>' in answer.content.decode()


def test_inbox__without_requests__says_so(desk: Client) -> None:
    assert "返事を待っている依頼はありません。" in desk.get("/facility/requests/").content.decode()


def test_request__says_how_full_its_days_are(desk: Client, book: Book) -> None:
    book(first=FRIDAY, last=FRIDAY + dt.timedelta(days=1))
    request = book(confirmed=False)

    answer = desk.get(f"/facility/requests/{request.number}/")

    assert [(item.used, item.left) for item in answer.context["places"]] == [(1, 1), (1, 1), (2, 0)]
    assert "この依頼の分は、もう取ってあります。" in answer.content.decode()
    assert "3月10日(火)</time>までに返事がないと期限切れになり" in answer.content.decode()


def test_request__where_no_places_are_kept__tells_the_number_of_bookings(
    desk: Client, book: Book, clinic: Facility
) -> None:
    Facility.objects.filter(pk=clinic.pk).update(keeps_capacity=False)
    with scopes_disabled():
        DayCapacity.objects.all().delete()
    book()
    request = book(confirmed=False)

    answer = desk.get(f"/facility/requests/{request.number}/")

    assert [(item.limit, item.used) for item in answer.context["places"]] == [(None, 2)] * 3


def test_confirm__settles_the_booking_and_tells_the_mother(desk: Client, book: Book, stand: Stand) -> None:
    request = book(confirmed=False)

    answer = desk.post(f"/facility/requests/{request.number}/confirm/", follow=True)

    assert stand(request).status == Booking.Status.CONFIRMED
    assert "受け入れました。" in answer.content.decode()
    assert Mail.objects.filter(kind="booking_confirmed").count() == 1


def test_confirm__of_a_request_taken_back_meanwhile__says_so(desk: Client, book: Book, stand: Stand) -> None:
    request = book(confirmed=False)
    assert request.citizen is not None
    with scopes_disabled():
        cancel(request, contact_at=clock.now(), shown=FREE, by=request.citizen, at=clock.now())

    answer = desk.post(f"/facility/requests/{request.number}/confirm/", follow=True)

    assert "取り下げられています。" in answer.content.decode()
    assert stand(request).status == Booking.Status.CANCELLED_IN_TIME


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"why": "full"}, "この日は、ほかの予約でいっぱいになりました。"),
        ({"why": "full", "words": "書きかけ"}, "この日は、ほかの予約でいっぱいになりました。"),
        ({"why": "other", "words": "改装のため休みます。"}, "改装のため休みます。"),
    ],
)
def test_decline__sends_the_reason_as_it_stands(
    answers: dict[str, str], reason: str, desk: Client, book: Book, stand: Stand
) -> None:
    request = book(confirmed=False)

    answer = desk.post(f"/facility/requests/{request.number}/decline/", answers, follow=True)

    assert stand(request).status == Booking.Status.DECLINED
    assert reason in Mail.objects.get(kind="booking_declined").text
    assert "日数はお母さんに戻りました。" in answer.content.decode()


@pytest.mark.parametrize("answers", [{}, {"why": "other"}, {"why": "other", "words": "   "}, {"why": "nonsense"}])
def test_decline__without_a_reason__is_asked_again(
    answers: dict[str, str], desk: Client, book: Book, stand: Stand
) -> None:
    request = book(confirmed=False)

    html = desk.post(f"/facility/requests/{request.number}/decline/", answers).content.decode()

    assert "1か所を直してください" in html
    assert stand(request).status == Booking.Status.REQUESTED


def test_request__that_was_answered__leads_to_the_booking(desk: Client, book: Book) -> None:
    booking = book()

    for page in ("", "decline/"):
        answer = desk.get(f"/facility/requests/{booking.number}/{page}")
        assert answer["Location"] == f"/facility/bookings/{booking.number}/"
