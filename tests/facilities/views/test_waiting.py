"""The pages of the waiting list: from the full day to the press that takes an offer, and out of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Birth
from applications.public import Entitlement
from facilities.models import Offering, Waiting
from facilities.public import set_places
from postpartum_portal.shared import clock
from tests import factories
from tests.facilities.waiting import WEDNESDAY, family, full, run_jobs, stands, waits

pytestmark = pytest.mark.django_db

CHILD = ("赤ちゃん", "お子さん", "上の子", "月齢", "誕生")


@pytest.fixture
def address(day_use: Offering) -> str:
    full(day_use, WEDNESDAY)
    return reverse("facilities:wait", args=["kodaira", day_use.pk])


@pytest.fixture
def offered(entitlement: Entitlement, day_use: Offering, address: str, receptionist: Any) -> Waiting:
    waiting = waits(entitlement, day_use)
    set_places(day_use.facility, {day_use.place: 2}, days=[WEDNESDAY], by=receptionist, at=clock.now())
    run_jobs()
    return stands(waiting)


def read(browser: Client, view: str, *args: Any) -> str:
    answer = browser.get(reverse(f"facilities:{view}", args=["kodaira", *args]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_wait__says_how_it_works_and_is_one_press(
    signed_in: Client, entitlement: Entitlement, day_use: Offering, address: str
) -> None:
    waits(family(entitlement), day_use)

    page = signed_in.get(address, {"days": "1", "day": "2026-03-11"}).content.decode()
    assert 'あなたの前に1<span class="unit">人</span>' in page
    token = page.partition('name="token" value="')[2].partition('"')[0]
    form = {"days": "1", "day": "2026-03-11", "arrival": "10:00:00", "note": "", "token": token}
    answers = [signed_in.post(address, form, follow=True) for _ in range(2)]

    waiting = Waiting.objects.get(entitlement=entitlement)
    assert [answer.redirect_chain[-1][0] for answer in answers] == [f"/kodaira/my/waiting/{waiting.pk}/"] * 2
    assert "待ち</small></a>" in read(signed_in, "book_dates", day_use.pk)


def test_wait__for_days_with_room_or_refused__leads_back_to_the_calendar(
    signed_in: Client, entitlement: Entitlement, address: str
) -> None:
    for day in ("2026-03-12", "2026-09-01", ""):
        answer = signed_in.get(address, {"days": "1", "day": day})
        assert answer.status_code == 302
        assert "/wait/" not in answer["Location"]


def test_offer__is_the_next_thing_and_taken_by_one_press(signed_in: Client, offered: Waiting) -> None:
    assert "料金を見て申しこむ" in signed_in.get("/kodaira/my/").content.decode()
    page = read(signed_in, "waiting", offered.pk)
    assert "2,000円" in page
    assert "あと7日 → 6日" in page

    answer = signed_in.post(reverse("facilities:waiting", args=["kodaira", offered.pk]), follow=True)

    assert "施設の返事待ち" in answer.content.decode()
    assert "予約の内容を見る" in read(signed_in, "waiting", offered.pk)
    assert "料金を見て申しこむ" not in signed_in.get("/kodaira/my/").content.decode()


def test_offer__after_its_time__says_that_it_has_gone(
    signed_in: Client, mother: Any, offered: Waiting, clock_at: Any
) -> None:
    clock_at.move_to("2026-03-05T22:00:00+09:00")
    signed_in.force_login(mother)

    answer = signed_in.post(reverse("facilities:waiting", args=["kodaira", offered.pk]), follow=True)

    assert "時間をすぎたので、この空きには申しこめません。" in answer.content.decode()


def test_offer__against_which_a_rule_speaks_by_now__says_which(
    signed_in: Client, entitlement: Entitlement, offered: Waiting
) -> None:
    with scopes_disabled():
        entitlement.pools.update(used=0, limit=0)

    answer = signed_in.post(reverse("facilities:waiting", args=["kodaira", offered.pk]))

    assert "予約できませんでした" in answer.content.decode()
    assert stands(offered).status == "offered"


def test_withdraw__asks_first(signed_in: Client, offered: Waiting) -> None:
    assert "次に待っている人に移ります" in read(signed_in, "withdraw_waiting", offered.pk)

    signed_in.post(reverse("facilities:withdraw_waiting", args=["kodaira", offered.pk]))

    assert stands(offered).status == "withdrawn"
    assert "この空きは、もう待っていません。" in read(signed_in, "waiting", offered.pk)


def test_waiting__of_somebody_else__is_no_page(offered: Waiting) -> None:
    other = Client()
    other.force_login(factories.UserFactory())
    for view in ("waiting", "withdraw_waiting"):
        for method in (other.get, other.post):
            assert method(reverse(f"facilities:{view}", args=["kodaira", offered.pk])).status_code == 404


def test_waiting__after_a_loss__speaks_of_no_child(
    signed_in: Client, entitlement: Entitlement, day_use: Offering, offered: Waiting, address: str
) -> None:
    with scopes_disabled():
        Birth.objects.filter(pk=entitlement.birth_id).update(outcome=Birth.Outcome.LOST, ended_on=WEDNESDAY)
    pages = [read(signed_in, view, offered.pk) for view in ("waiting", "withdraw_waiting")]
    assert not [word for page in pages for word in CHILD if word in page]


def test_facility__sees_how_many_wait_and_nobodys_name(
    entitlement: Entitlement, day_use: Offering, address: str, receptionist: Any
) -> None:
    waits(entitlement, day_use)
    desk = Client()
    desk.force_login(receptionist)

    month = desk.get(reverse("facility:month", args=[dt.date(2026, 3, 1)])).content.decode()
    day = desk.get(reverse("facility:day", args=[WEDNESDAY])).content.decode()

    assert "空きを待っている人" in month
    assert "<dt>空きを待つ人</dt><dd>1<" in day
    assert "髙橋" not in month + day
