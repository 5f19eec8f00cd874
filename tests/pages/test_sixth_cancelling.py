"""みほん市, cancelling: every service has a second deadline, after which it costs more."""

from typing import Any

import pytest

from facilities.selectors.outcomes import is_left_open
from tests.facilities.shown import shown_on
from tests.facilities.walking import Family, call_typed_in, desk, kept, mails
from tests.pages.reading import fork, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.mark.parametrize(
    ("now", "shown", "sentences", "counted", "yen"),
    [
        ("2026-04-30T17:00:00", "in_time", ["2泊分が戻ります", "お金はかかりません。"], {}, 0),
        ("2026-04-30T17:00:01", "late", ["2泊分は戻ります", "9,300円がかかります。"], {}, 9_300),
        ("2026-05-07T11:59:59", "late", ["2泊分は戻ります", "9,300円がかかります。"], {}, 9_300),
        (
            "2026-05-07T12:00:00",
            "late",
            ["2泊分のうち1泊分を使ったことになります", "18,600円がかかります。"],
            {"all_uses": 1, "stay_nights": 1},
            18_600,
        ),
    ],
)
def test_cancel__costs_what_the_tier_says_to_the_second(
    household: Family, clock_at: Any, now: str, shown: str, sentences: list[str], counted: dict[str, int], yen: int
) -> None:
    booking = household.books("short_stay", "2026-05-08", days=3, at="mihon-byoin", arrival="10:00:00")
    clock_at.move_to(f"{now}+09:00")
    page = text(household.reads("cancel", booking.number))
    assert all(sentence in page for sentence in sentences)
    household.cancels(booking, shown)
    _, kept_units, _, owed = kept(household)
    assert (kept_units, owed) == (counted, yen)


def test_cancel__when_the_second_deadline_passed_on_the_page__tells_the_dearer_one(
    household: Family, clock_at: Any
) -> None:
    """Both tiers are late: what she saw at 11:59 is not what happens at 12:01."""
    booking = household.books("short_stay", "2026-05-08", days=3, at="mihon-byoin", arrival="10:00:00")
    clock_at.move_to("2026-05-07T11:59:00+09:00")
    shown = shown_on(household.reads("cancel", booking.number))
    clock_at.move_to("2026-05-07T12:01:00+09:00")

    told = household.sends_shown(booking, shown)

    assert "まだ取り消していません。" in told
    assert "2泊分のうち1泊分を使ったことになります" in text(told)
    assert "18,600円がかかります。" in told
    assert household.live() == [booking]
    assert "に取り消しました" in household.sends_shown(booking, shown_on(told))


def test_phone__when_the_second_deadline_lies_between__tells_the_dearer_one(household: Family, clock_at: Any) -> None:
    booking = household.books("short_stay", "2026-05-08", days=3, at="mihon-byoin", arrival="10:00:00")
    clock_at.move_to("2026-05-07T12:10:00+09:00")
    page, _ = call_typed_in(booking, "2026-05-07", "11:59")
    _, later = call_typed_in(booking, "2026-05-07", "12:01")
    assert "2泊分を戻して取り消す" in page

    told = desk(booking).post(f"/facility/bookings/{booking.number}/cancel/", {**later, "shown": shown_on(page)})

    assert "まだ取り消していません。" in told.content.decode()
    assert household.live() == [booking]
    assert "1泊分は戻ります。" in text(told.content.decode())
    assert "1泊分を使ったことにし、1泊分を戻して取り消す" in text(told.content.decode())
    sent = {**later, "shown": shown_on(told.content.decode())}
    receipt = desk(booking).post(f"/facility/bookings/{booking.number}/cancel/", sent, follow=True).content.decode()
    assert "1泊分を使ったことになりました。1泊分はお母さんに戻りました。" in receipt
    assert "1泊分を、使った泊数に数えました。1泊分は戻りました。" in household.reads("booking", booking.number)
    assert "1泊分を、使った泊数に数えました。1泊分は戻りました。" in mails(household, "booking_cancelled")[0]


@pytest.mark.parametrize(
    ("now", "here", "then", "deadline", "button"),
    [
        (
            "2026-04-30T17:00:00",
            "17:00まで|のこり9回0円",
            "17:00を過ぎると|のこり9回9,300円",
            "",
            "取り消して2泊分を戻す",
        ),
        (
            "2026-04-30T17:00:01",
            "いま取り消すと|のこり9回9,300円",
            "5月7日(木)12:00から|のこり8回18,600円",
            "4月30日(木)17:00まで",
            "期限を過ぎて取り消す",
        ),
        (
            "2026-05-07T12:00:00",
            "5月7日(木)12:00より前|のこり9回9,300円",
            "いま取り消すと|のこり8回18,600円",
            "5月7日(木)12:00より前",
            "1泊分を使ったことにして取り消す",
        ),
    ],
)
def test_cancel__tells_the_tier_of_the_moment_and_the_next(
    household: Family, clock_at: Any, now: str, here: str, then: str, deadline: str, button: str
) -> None:
    booking = household.books("short_stay", "2026-05-08", days=3, at="mihon-byoin", arrival="10:00:00")
    clock_at.move_to(f"{now}+09:00")
    code = household.reads("cancel", booking.number)
    page = text(code)
    assert fork(code) == [here, then]
    assert (f"取り消しの期限({deadline})を過ぎているため" in page) == bool(deadline)
    assert button in page
    assert ("数えられる泊数1泊分取り消したあと" in page) == button.startswith("1泊分")
    assert "お金のかからない取り消しは" in page
    assert "泊数が戻る取り消しは" not in page


def test_cancel__names_the_days_of_a_deadline_without_an_hour(household: Family, clock_at: Any) -> None:
    day = household.books("day_service", "2026-05-12", at="mihon-byoin", arrival="10:00:00")
    assert fork(household.reads("cancel", day.number)) == [
        "5月10日(日)まで|のこり9回0円",
        "5月11日(月)から|のこり9回2,050円",
    ]
    clock_at.move_to("2026-05-11T17:00:00+09:00")
    assert fork(household.reads("cancel", day.number))[1] == "5月11日(月)17:00を過ぎると|のこり8回4,100円"
    clock_at.move_to("2026-05-11T17:00:01+09:00")
    assert "数えられる回数5月12日の1回分" in text(household.reads("cancel", day.number))


def test_helper__cancelled__is_open_to_staff__not_met_is_not(household: Family, clock_at: Any) -> None:
    """Nothing is published on cancelling, but what a missed visit costs is."""
    cancelled = household.books("helper", "2026-05-13", at="mihon-helper", arrival="10:00:00")
    missed = household.books("helper", "2026-05-14", at="mihon-helper", arrival="10:00:00")
    clock_at.move_to("2026-05-13T09:00:00+09:00")
    household.cancels(cancelled, "in_time")
    clock_at.move_to("2026-05-14T18:00:00+09:00")
    where = f"/facility/bookings/{missed.number}/absent/"
    page = desk(missed).get(where).content.decode()
    desk(missed).post(where, {"shown": shown_on(page)})

    assert "決めて入力できます" not in page
    assert [is_left_open(household.booked(day)) for day in ("2026-05-13", "2026-05-14")] == [True, False]
    assert household.booked("2026-05-14").consequence["counted"] == {"helper_hours": 3}
