"""Moving a booking on her pages and at the facility's desk, in the words of each programme."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Move
from facilities.services.integrity import check
from tests.facilities.shown import shown_on
from tests.facilities.test_kodaira_cases import supporter_visit
from tests.facilities.walking import MAY_CHILD, Family, desk, family, mails, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def change(household: Family, booking: Booking, day: str, days: int, *, arrival: str = "10:00:00", **more: Any) -> str:
    """Read what other days mean, press the button, and read the page that follows."""
    page = household.reads("move", booking.number, days=days, day=day)
    token = page.partition('name="token" value="')[2].partition('"')[0]
    form = {"days": days, "day": day, "arrival": arrival, "token": token, "shown": shown_on(page), **more}
    where = reverse("facilities:move", args=[household.municipality.slug, booking.number])
    return household.browser.post(where, form, follow=True).content.decode()


def moved(booking: Booking) -> Move:
    with scopes_disabled():
        return Move.objects.filter(booking=booking).latest("pk")


@pytest.fixture
def kodaira_family(kodaira: Municipality, in_june: None) -> Family:
    return family(kodaira, **MAY_CHILD)


@pytest.fixture
def booked(kodaira_family: Family) -> Booking:
    """Three days from 6月10日."""
    return kodaira_family.books("short_stay", "2026-06-10", days=3, arrival="10:00:00")


def test_move__in_time__is_asked_for_and_accepted_at_the_desk(kodaira_family: Family, booked: Booking) -> None:
    page = kodaira_family.reads("move", booked.number, days=3, day="2026-06-17")
    assert "いま変えると、やめる日の3日分が戻ります" in page
    assert "やめる日: 6月10日・11日・12日" in page
    assert "16:00 から" in page, "the other side of the deadline"

    answer = change(kodaira_family, booked, "2026-06-17", 3)
    assert "日の変更を申しこみました" in answer
    assert "6月10日(水)〜12日(金) → <b>6月17日(水)〜19日(金)</b>" in answer
    assert "予約はいまの日のままです" in answer

    inbox = desk(booked).get(reverse("facility:requests")).content.decode()
    assert "日の変更の依頼" in inbox
    assert "予約の依頼(1件)" in inbox
    number = moved(booked).number
    asked = desk(booked).get(reverse("facility:asked_move", args=[number])).content.decode()
    assert "6月10日(水)〜12日(金) → <b>6月17日(水)〜19日(金)</b>" in asked
    assert '10,000円<br><small class="mute">5,000円 × 2泊</small>' in asked.partition("新しい日の料金")[2]
    desk(booked).post(reverse("facility:accept_move", args=[number]))

    assert kodaira_family.booked("2026-06-17").status == Booking.Status.CONFIRMED
    for told in (
        kodaira_family.reads("booking", booked.number),
        desk(booked).get(reverse("facility:booking", args=[booked.number])).content.decode(),
    ):
        assert "日の変更の控え" in told
        assert number in told
        assert "ご本人が、このサイトで連絡しました。" in told
        assert "期限(6月9日(火) 16:00 より前)に間に合っています。" in told
    assert "まえの日 6月10日(水)〜12日(金)" in mails(kodaira_family, "booking_move_accepted")[0]


@pytest.mark.parametrize(("now", "counted"), [("15:59:59", {}), ("16:00:00", {"stay_and_day": 1, "stay": 1})])
def test_k9__shortened__counts_one_day_from_four_o_clock(
    kodaira_family: Family, booked: Booking, clock_at: Any, now: str, counted: dict[str, int]
) -> None:
    clock_at.move_to(f"2026-06-09T{now}+09:00")

    page = kodaira_family.reads("move", booked.number, days=2, day="2026-06-10")
    answer = change(kodaira_family, booked, "2026-06-10", 2)

    assert ("いま変えると、やめる日の1日分を使ったことになります" in page) == bool(counted)
    assert "日を変えました。" in answer
    assert {**counted, **moved(booked).consequence["counted"]} == moved(booked).consequence["counted"]
    assert bool(moved(booked).consequence["counted"]) == bool(counted)
    assert kodaira_family.booked("2026-06-10").quote["total"] == 5000
    with scopes_disabled():
        assert check() == []


def test_move__asked_too_late__promises_nothing_before_the_answer(
    kodaira_family: Family, booked: Booking, clock_at: Any
) -> None:
    clock_at.move_to("2026-06-09T16:00:00+09:00")

    change(kodaira_family, booked, "2026-06-17", 3)

    told = "受け入れられたとき: やめる3日分を、使った日数に数えます。"
    assert told in mails(kodaira_family, "booking_move_asked")[0]
    assert told in kodaira_family.reads("booking", booked.number)
    desk(booked).post(reverse("facility:accept_move", args=[moved(booked).number]))
    accepted = mails(kodaira_family, "booking_move_accepted")[0]
    assert "\nやめる3日分を、使った日数に数えます。" in accepted


def test_move__when_the_clock_passed_the_deadline__asks_again(
    kodaira_family: Family, booked: Booking, clock_at: Any
) -> None:
    clock_at.move_to("2026-06-09T15:59:00+09:00")
    page = kodaira_family.reads("move", booked.number, days=3, day="2026-06-17")
    token = page.partition('name="token" value="')[2].partition('"')[0]
    form = {"days": 3, "day": "2026-06-17", "arrival": "10:00:00", "token": token, "shown": shown_on(page)}
    clock_at.move_to("2026-06-09T16:00:00+09:00")

    where = reverse("facilities:move", args=["kodaira", booked.number])
    again = kodaira_family.browser.post(where, form).content.decode()

    assert "まだ変えていません。" in again
    assert "いま変えると、やめる日の3日分を使ったことになります" in again
    with scopes_disabled():
        assert not Move.objects.exists()


def test_move__of_the_hour__gives_up_no_day(kodaira_family: Family, booked: Booking) -> None:
    page = kodaira_family.reads("move", booked.number, days=3, day="2026-06-10")
    same = change(kodaira_family, booked, "2026-06-10", 3)
    later = change(kodaira_family, booked, "2026-06-10", 3, arrival="13:00:00")

    assert "日はそのままで、時刻だけを変えます" in page
    assert "いまの予約と同じです。" in same
    assert "<b>6月10日(水)〜12日(金)</b> 13:00" in later


def test_declined__the_old_days_stay_and_she_reads_why(kodaira_family: Family, booked: Booking) -> None:
    change(kodaira_family, booked, "2026-06-17", 3)
    desk(booked).post(reverse("facility:decline_move", args=[moved(booked).number]), {"why": "full"})

    page = kodaira_family.reads("booking", booked.number)
    assert "この日は、ほかの予約でいっぱいになりました。" in page
    assert "予約は、いまの日のまま残っています。" in page
    assert "この日は、ほかの予約でいっぱいになりました。" in mails(kodaira_family, "booking_move_declined")[0]


def test_withdrawn__she_may_choose_again(kodaira_family: Family, booked: Booking) -> None:
    change(kodaira_family, booked, "2026-06-17", 3)
    kodaira_family.browser.post(reverse("facilities:withdraw_move", args=["kodaira", booked.number]))

    assert "日の変更を申しこみました" in change(kodaira_family, booked, "2026-06-24", 3)
    assert moved(booked).number.endswith("-2")


def test_on_the_day__absence_waits_for_the_answer(kodaira_family: Family, booked: Booking, clock_at: Any) -> None:
    change(kodaira_family, booked, "2026-06-17", 3)
    clock_at.move_to("2026-06-10T11:00:00+09:00")
    browser = desk(booked)

    sheet = browser.get(reverse("facility:today")).content.decode()
    page = browser.get(reverse("facility:no_show", args=[booked.number])).content.decode()
    browser.post(reverse("facility:no_show", args=[booked.number]), {"shown": shown_on(page)})

    assert "6月17日(水)〜19日(金) への変更の返事を待っています" in sheet
    assert kodaira_family.booked("2026-06-10").status == Booking.Status.CONFIRMED


def test_a_request_that_was_changed__is_not_confirmed_unseen(kodaira_family: Family) -> None:
    kodaira_family.sends("short_stay", "2026-06-10", days=3, arrival="10:00:00")
    request = kodaira_family.booked("2026-06-10")
    change(kodaira_family, request, "2026-06-17", 2)

    confirm = reverse("facility:confirm", args=[request.number])
    answer = desk(request).post(confirm, {"days": "2026-06-10/2026-06-12"}, follow=True).content.decode()

    assert "お母さんが日を変えました" in answer
    assert kodaira_family.booked("2026-06-17").status == Booking.Status.REQUESTED


def test_k12__supporter_visit__is_moved_by_phone(kodaira_family: Family, kodaira: Municipality, nurse: Any) -> None:
    booking = supporter_visit(kodaira_family, kodaira, nurse)

    page = kodaira_family.reads("move", booking.number)

    assert "連絡先はNPO法人子育てサポートきらら(042-345-8262)です。" in page
    assert "6月9日(火) 16:00 より前" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize(("now", "late"), [("11:59:59", False), ("12:00:00", True)])
def test_w7__moved_from_noon_of_the_day_before__costs_what_nobody_publishes(
    kawasaki: Municipality, clock_at: Any, now: str, late: bool
) -> None:
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)
    booking = household.books("home_visit", "2026-07-01")
    clock_at.move_to(f"2026-06-30T{now}+09:00")

    page = household.reads("move", booking.number, days=1, day="2026-07-08")
    change(household, booking, "2026-07-08", 1, arrival="")

    assert ("キャンセル料が発生します。額は公表されていません" in moved(booking).consequence["money_text"]) == late
    assert ("いま変えると、お金がかかることがあります。" in page) == late
    assert moved(booking).consequence["counted"] == {}


def test_w9__moved_before_the_others__changes_their_prices(kawasaki: Municipality, in_june: None) -> None:
    """The sixth visit, at full price, moved to the front: the last one pays for it."""
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)
    for number in range(1, 7):
        household.books("home_visit", f"2026-07-0{number}")
    last = household.booked("2026-07-06")

    page = household.reads("move", last.number, days=1, day="2026-06-28")
    change(household, last, "2026-06-28", 1, arrival="")
    desk(last).post(reverse("facility:accept_move", args=[moved(last).number]))

    assert "7月5日の訪問型は、2,500円から5,000円になります。" in page
    assert (household.price("2026-06-28"), household.price("2026-07-05")) == (2500, 5000)
    assert "7月5日の訪問型は、2,500円から5,000円になります。" in mails(household, "booking_move_accepted")[0]


def test_through_an_association__it_is_named_wherever_she_waits_for_an_answer(
    kodaira_family: Family, booked: Booking
) -> None:
    name = "見本の助産師会"
    with scopes_disabled():
        Contract.objects.update(booking={"by": "association", "name": name})

    assert f"{name}の返事があるまで" in kodaira_family.reads("move", booked.number, days=3, day="2026-06-17")
    assert f"日の変更を申しこみました。{name}が確かめて" in change(kodaira_family, booked, "2026-06-17", 3)
    assert f"{name}が確かめて" in mails(kodaira_family, "booking_move_asked")[0]
    assert f"{name}が確かめて" in kodaira_family.looks_at("day_service", "2026-06-03")
    assert f"申しこみました。{name}が確かめて" in kodaira_family.sends("day_service", "2026-06-03", arrival="10:00:00")
    assert f"{name}が確かめて" in mails(kodaira_family, "booking_requested")[0]
    assert f"{name}が確かめて" in kodaira_family.browser.get("/kodaira/my/").content.decode()


@pytest.mark.parametrize(("now", "counted"), [("16:00:00", {}), ("16:00:01", {"all": 1})])
def test_z5__shortened_after_four_two_days_before__counts_and_costs(
    zushi: Municipality, in_june: None, clock_at: Any, now: str, counted: dict[str, int]
) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("short_stay", "2026-06-10", days=3, arrival="09:00:00")
    clock_at.move_to(f"2026-06-08T{now}+09:00")

    change(household, booking, "2026-06-10", 2, arrival="09:00:00")

    assert sum(moved(booking).consequence["counted"].values()) == sum(counted.values())
    assert ("公表されていません" in moved(booking).consequence["money_text"]) == bool(counted)


def test_okayama__no_rule_is_published__so_the_facility_is_asked(okayama: Municipality, in_june: None) -> None:
    sample_facilities()
    household = family(okayama, **MAY_CHILD)
    booking = household.books("home_visit", "2026-06-10", provisional="on")

    page = household.reads("move", booking.number, days=1, day="2026-06-17")

    assert "取り消しのきまりは公表されていません" in page
    assert "日を変えることを、施設に電話などで伝えました" in page
