"""Telling the centre on screen when it would suit her, and taking it back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Wish
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, supporters, wished

pytestmark = pytest.mark.django_db

NEW = "/kodaira/my/wishes/new/midwife_visit/"
BOOKINGS = "/kodaira/my/bookings/"


@pytest.fixture
def page(entitlement: Entitlement, signed_in: Client) -> str:
    return signed_in.get(NEW).content.decode()


def sent(page: str, **changes: str) -> dict[str, str]:
    """What the form would send: this year in every box of a year, and what is typed."""
    token = page.partition('name="token" value="')[2].partition('"')[0]
    years = {f"{name}_year": "2026" for name in ("day_1", "day_2", "day_3", "vaccination_1", "vaccination_2")}
    return {"token": token, "words": "", "note": "", **years, **changes}


def on(name: str, month: int, day: int) -> dict[str, str]:
    return {f"{name}_month": str(month), f"{name}_day": str(day)}


def test_book__leads_to_the_form_of_what_the_centre_arranges(signed_in: Client, entitlement: Entitlement) -> None:
    page = signed_in.get("/kodaira/my/book/").content.decode()

    assert f'href="{NEW}"' in page
    assert "/my/wishes/new/short_stay/" not in page
    assert "042-346-3701" in page


def test_form__has_this_year_in_its_boxes_and_names_the_hours(page: str) -> None:
    assert 'name="day_1_year" value="2026"' in page
    assert "使える時間は9:00〜17:00です。" in page
    assert "その日は助産師の訪問を使えません。" in page


def test_wish__leads_to_its_confirmation(signed_in: Client, page: str) -> None:
    typed = sent(page, **on("day_1", 3, 11), **on("vaccination_1", 3, 20), words="午前がよい", note="上の子がいます")

    answer = signed_in.post(NEW, typed, follow=True).content.decode()

    wish = Wish.objects.get()
    assert (wish.first_days, wish.vaccination_days) == (["2026-03-11"], ["2026-03-20"])
    for words in (
        "希望を伝えました。",
        "センターが日程を調整しています。",
        "3月11日(水)",
        "午前がよい",
        "上の子がいます",
    ):
        assert words in answer


def test_wish__sent_twice__is_one(signed_in: Client, page: str) -> None:
    typed = sent(page, words="いつでも")

    first, second = signed_in.post(NEW, typed), signed_in.post(NEW, typed)

    assert first["Location"] == second["Location"]
    assert Wish.objects.count() == 1


def test_wish__while_one_is_open__leads_to_that_one(signed_in: Client, page: str, entitlement: Entitlement) -> None:
    stands = wished(entitlement, service="midwife_visit")

    for answer in (signed_in.get(NEW, follow=True), signed_in.post(NEW, sent(page, words="いつでも"), follow=True)):
        assert answer.redirect_chain == [(f"/kodaira/my/wishes/{stands.pk}/", 302)]
        assert "この種類の希望は、もう伝えてあります。" in answer.content.decode()
        assert "希望を取り下げる" in answer.content.decode()
    assert f'href="{NEW}"' not in signed_in.get("/kodaira/my/book/").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "都合のよい日か、曜日や時間帯を入力してください。"),
        (on("day_1", 2, 30), "2月は28日までです"),
        (on("day_1", 3, 4), "から後の日を入力してください。"),
        (on("day_2", 5, 15), "令和8年5月14日までの日を入力してください。"),
        ({"words": "あ" * 201}, "200字まで"),
    ],
)
def test_wish__that_cannot_be_understood__is_asked_again(
    signed_in: Client, page: str, typed: dict[str, str], sentence: str
) -> None:
    answer = signed_in.post(NEW, sent(page, **typed)).content.decode()

    assert "1か所を直してください" in answer
    assert sentence in answer
    assert not Wish.objects.exists()


def test_wish__for_her_own_vaccination_day__is_told_why(signed_in: Client, page: str) -> None:
    typed = sent(page, **on("day_1", 3, 11), **on("vaccination_1", 3, 11))

    answer = signed_in.post(NEW, typed).content.decode()

    assert "この希望は伝えられませんでした" in answer
    assert "予防接種の当日は助産師による訪問を使えません。" in answer


@pytest.mark.parametrize("service", ["short_stay", "nonsense"])
def test_form__of_what_the_centre_does_not_arrange__does_not_exist(
    signed_in: Client, entitlement: Entitlement, service: str
) -> None:
    assert signed_in.get(f"/kodaira/my/wishes/new/{service}/").status_code == 404


def test_form__before_the_birth_or_with_nothing_left__leads_to_what_can_be_booked(
    signed_in: Client, entitlement: Entitlement
) -> None:
    birth = entitlement.birth
    birth.outcome, birth.born_on, birth.due_date = "expected", None, dt.date(2026, 4, 1)
    birth.save()

    assert signed_in.get(NEW)["Location"] == "/kodaira/my/book/"


def test_bookings__show_what_is_being_arranged_until_it_is(
    signed_in: Client, entitlement: Entitlement, kodaira: Municipality, nurse: Any
) -> None:
    wish = wished(entitlement, words="午前がよい")
    page = signed_in.get(BOOKINGS).content.decode()
    assert "日程の調整中" in page
    assert "3月11日(水)" in page
    assert "午前がよい" in page

    booking = arranged(wish, supporters(kodaira), by=nurse)

    page = signed_in.get(BOOKINGS).content.decode()
    assert "日程の調整中" not in page
    assert booking.number in page


def test_wish__that_was_arranged__leads_to_its_booking(
    signed_in: Client, entitlement: Entitlement, kodaira: Municipality, nurse: Any
) -> None:
    booking = arranged(wished(entitlement), supporters(kodaira), by=nurse)
    assert booking.wish is not None

    page = signed_in.get(f"/kodaira/my/wishes/{booking.wish.pk}/").content.decode()
    assert f"/kodaira/my/bookings/{booking.number}/" in page
    assert "希望を取り下げる" not in page

    page = signed_in.get(f"/kodaira/my/bookings/{booking.number}/").content.decode()
    for words in ("センターが日程を依頼しました", "13:00", "15:00", "2時間", "訪問する人に払う額", "1,200円"):
        assert words in page


def test_withdraw__asks_first(signed_in: Client, entitlement: Entitlement) -> None:
    address = f"/kodaira/my/wishes/{wished(entitlement).pk}/withdraw/"

    assert "希望を残す" in signed_in.get(address).content.decode()
    assert "希望を取り下げました。" in signed_in.post(address, follow=True).content.decode()
    assert Wish.objects.get().status == Wish.Status.WITHDRAWN


def test_withdraw__of_what_is_arranged__says_so(
    signed_in: Client, entitlement: Entitlement, kodaira: Municipality, nurse: Any
) -> None:
    booking = arranged(wished(entitlement), supporters(kodaira), by=nurse)
    assert booking.wish is not None

    for ask in (signed_in.get, signed_in.post):
        answer = ask(f"/kodaira/my/wishes/{booking.wish.pk}/withdraw/", follow=True).content.decode()
        assert "もう日程が決まっている" in answer


def test_wish__of_somebody_else__does_not_exist(entitlement: Entitlement) -> None:
    wish = wished(entitlement, first_days=[WEDNESDAY])
    stranger = Client()
    stranger.force_login(factories.UserFactory())

    assert stranger.get(NEW).status_code == 404
    for name in ("wish", "withdraw_wish"):
        assert stranger.get(reverse(f"facilities:{name}", args=["kodaira", wish.pk])).status_code == 404
    assert Client().get(NEW)["Location"].startswith(reverse("account_login"))


def test_wish__after_a_loss__speaks_of_no_vaccination(signed_in: Client, entitlement: Entitlement) -> None:
    wish = wished(entitlement, vaccination_days=[dt.date(2026, 3, 20)])
    birth = entitlement.birth
    birth.outcome, birth.ended_on = "lost", dt.date(2026, 3, 4)
    birth.save()

    page = signed_in.get(f"/kodaira/my/wishes/{wish.pk}/").content.decode()

    assert not [word for word in ("予防接種", "赤ちゃん", "お子さん") if word in page]
