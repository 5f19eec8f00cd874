"""Her bookings on screen, and cancelling them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement, record_birth
from eligibility.public import Municipality
from facilities.models import Booking
from facilities.public import confirm, decline
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ask: Ask, receptionist: Any) -> Booking:
    """Three days from 3月11日, confirmed."""
    return confirm(ask(), by=receptionist, at=clock.now())


def address(view: str, booking: Booking) -> str:
    return reverse(f"facilities:{view}", args=["kodaira", booking.number])


def read(client: Client, where: str) -> str:
    response = client.get(where)
    assert response.status_code == 200
    return response.content.decode()


def test_book__names_facilities_and_where_to_call(signed_in: Client, entitlement: Entitlement, stay: Any) -> None:
    page = read(signed_in, reverse("facilities:book", args=["kodaira"]))

    assert "ジュンレディースクリニック小平" in page
    assert "042-341-6565" in page  # 中野産婦人科医院
    assert "これらの日程は、センターが調整します" in page
    assert "1回 1,500円" in page


def test_book__without_a_grant__says_so(signed_in: Client, kodaira: Any) -> None:
    assert "まだ予約できません" in read(signed_in, reverse("facilities:book", args=["kodaira"]))


def test_book__without_coupons__says_how_a_facility_may_be_asked_all_the_same(zushi: Municipality) -> None:
    browser = Client()
    browser.force_login(factories.UserFactory())

    page = read(browser, reverse("facilities:book", args=["zushi"]))

    assert "利用券を発行するための申請を、子育て支援課にお問い合わせください。" in page
    assert "直接、各施設に予約申し込みをし" in page
    assert 'href="/zushi/#facilities"' in page
    assert "まだ予約できません" not in page


def test_bookings__lists_coming_and_past(signed_in: Client, ask: Ask, booked: Booking, receptionist: Any) -> None:
    decline(
        ask(first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 2)),
        reason="満床のため",
        by=receptionist,
        at=clock.now(),
    )

    page = read(signed_in, reverse("facilities:bookings", args=["kodaira"]))

    assert page.index("3月11日(水)〜13日(金)") < page.index("いままで") < page.index("4月1日(水)〜2日(木)")


def test_booking__shows_deadline_and_price(signed_in: Client, booked: Booking) -> None:
    page = read(signed_in, address("booking", booked))

    assert "3月10日(火) 16:00 より前" in page
    assert "10,000円" in page


def test_booking__of_another_mother__does_not_exist(booked: Booking) -> None:
    stranger = Client()
    stranger.force_login(factories.UserFactory())

    for view in ("booking", "cancel"):
        assert stranger.get(address(view, booked)).status_code == 404


def test_cancel__in_time__says_what_comes_back_and_gives_a_receipt(signed_in: Client, booked: Booking) -> None:
    page = read(signed_in, address("cancel", booked))
    assert "いま取り消すと、3日分が戻ります" in page
    assert "取り消して3日分を戻す" in page
    assert "<p>16:00 より前</p><p>のこり 7日<br>0円</p>" in page
    assert "<p>16:00 から</p><p>のこり 4日<br>0円</p>" in page

    receipt = signed_in.post(address("cancel", booked), {"shown": "in_time 0"}, follow=True).content.decode()

    assert "3月5日(木) 10:00</time> に取り消しました。" in receipt
    assert "日数は戻りました" in receipt


def test_cancel__of_what_is_not_granted_any_more__says_nothing_of_what_is_left(
    signed_in: Client, booked: Booking, all_tenants: None
) -> None:
    booked.entitlement.grants.update(services=["day_service"])
    page = read(signed_in, address("cancel", booked))
    assert "予約を取り消す" in page
    assert "のこり" not in page


def test_cancel__once_the_stay_has_begun__leads_back_to_the_booking(
    signed_in: Client, booked: Booking, mother: Any, clock_at: Any
) -> None:
    clock_at.move_to(f"{booked.first_day}T10:00:00+09:00")
    signed_in.force_login(mother)

    for answer in (
        signed_in.get(address("cancel", booked), follow=True),
        signed_in.post(address("cancel", booked), {"shown": "in_time 0"}, follow=True),
    ):
        assert "使う時刻を過ぎたので、ここでは取り消せません。" in answer.content.decode()
    assert Booking.objects.get(pk=booked.pk).status == Booking.Status.CONFIRMED


def test_cancel__late__names_the_cost_before_and_in_the_button(
    signed_in: Client, booked: Booking, mother: Any, clock_at: Any
) -> None:
    clock_at.move_to("2026-03-10T17:32:00+09:00")
    signed_in.force_login(mother)

    page = read(signed_in, address("cancel", booked))

    assert "<h1>いま取り消すと、3日分を使ったことになります</h1>" in page
    assert "3日分を使ったことにして取り消す" in page
    assert "3月11日・12日・13日の3日分" in page
    assert "<p>16:00 より前</p><p>のこり 7日<br>0円</p>" in page
    assert '<div class="on bad"><p>いま取り消すと</p><p>のこり 4日<br>0円</p>' in page
    assert page.index("予約を残す") < page.index("3日分を使ったことにして取り消す")


def test_cancel__when_the_deadline_passed_on_the_page__asks_again(
    signed_in: Client, booked: Booking, mother: Any, clock_at: Any
) -> None:
    clock_at.move_to("2026-03-10T16:00:00+09:00")
    signed_in.force_login(mother)

    page = signed_in.post(address("cancel", booked), {"shown": "in_time 0"}).content.decode()

    assert "まだ取り消していません" in page
    assert Booking.objects.get(pk=booked.pk).status == Booking.Status.CONFIRMED


@pytest.mark.parametrize("shown", ["", "in_time", "free 0", "late x", "in_time 0 day", "no_show\x00"])
def test_cancel__without_saying_what_was_shown__asks_again(signed_in: Client, booked: Booking, shown: str) -> None:
    signed_in.post(address("cancel", booked), {"shown": shown})

    assert Booking.objects.get(pk=booked.pk).status == Booking.Status.CONFIRMED


def test_booking__left_outside_by_a_recorded_birth__asks_to_choose_anew(
    signed_in: Client, booked: Booking, entitlement: Entitlement, mother: Any
) -> None:
    record_birth(entitlement.birth, born_on=dt.date(2025, 11, 8), children=1, by=mother, at=clock.now())

    assert "日を選びなおしてください" in read(signed_in, address("booking", booked))
    assert "日を選びなおしてください" in read(signed_in, reverse("pages:my_page", args=["kodaira"]))
