"""Worked cases of Zushi, Okayama and Kumagaya through the portal's own pages: what is not published is said so."""

import datetime as dt
import re
from typing import Any

import pytest

from eligibility.engine import Amount, Unpublished, Yen
from eligibility.public import Municipality
from facilities.selectors.outcomes import Receipt
from facilities.templatetags.facility import money_told
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.arranging import arranged, wished
from tests.facilities.walking import (
    MAY_CHILD,
    desk,
    family,
    kept,
    mails,
    offering,
    proved,
    sample_facilities,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


# Zushi


@pytest.mark.parametrize(
    ("now", "shown", "headline", "counted"),
    [
        ("16:00:00", "in_time", "いま取り消すと、2日分が戻ります", {}),
        ("16:00:01", "late", "いま取り消すと、2日分を使ったことになります", {"all": 2}),
    ],
)
def test_z5__after_four_two_days_before__counts_and_costs_what_nobody_publishes(
    zushi: Municipality, in_june: None, clock_at: Any, now: str, shown: str, headline: str, counted: dict[str, int]
) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("short_stay", "2026-06-10", days=2, arrival="09:00:00")
    clock_at.move_to(f"2026-06-08T{now}+09:00")

    page = household.reads("cancel", booking.number)
    household.cancels(booking, shown)

    assert headline in page
    assert sum(kept(household)[1].values()) == sum(counted.values())
    assert ("公表されていません" in mails(household, "booking_cancelled")[0]) == (shown == "late")


def test_cancel__says_from_when_it_is_late__as_the_deadline_has_it(
    zushi: Municipality, kodaira: Municipality, in_june: None
) -> None:
    """逗子: 16:00 itself is in time; 小平: it is late."""
    inclusive, exclusive = family(zushi, **MAY_CHILD), family(kodaira, **MAY_CHILD)
    stay: Any = {"days": 2, "arrival": "10:00:00"}

    page = inclusive.reads("cancel", inclusive.books("short_stay", "2026-06-10", **stay).number)
    assert "16:00 を過ぎると" in page
    assert "16:00 から" not in page

    page = exclusive.reads("cancel", exclusive.books("short_stay", "2026-06-10", **stay).number)
    assert "16:00 から" in page


def test_zushi__days_and_total__say_the_year_and_that_tax_is_not_in_it(zushi: Municipality, in_june: None) -> None:
    household = family(zushi, **MAY_CHILD)

    page = household.looks_at("home_visit", "2026-06-10")
    assert "令和9年4月30日(金)</time>が使える最後の日です。" in page
    assert "円<small>(税抜)</small></td>" in page
    assert "令和9年4月30日(金)</time></b>です。" in household.reads("book")


def test_okayama__the_day_sheet__leaves_out_an_hour_that_nobody_has_said(okayama: Municipality, in_june: None) -> None:
    sample_facilities()
    booking = family(okayama, **MAY_CHILD).books("home_visit", "2026-06-10", provisional="on")

    sheet = desk(booking).get("/facility/days/2026-06-10/").content.decode()

    line = re.sub(r"<[^>]+>|\s", "", sheet.partition('class="card guest"')[2].partition("受け取る額")[0])
    assert "訪問1回・1か月9日" in line
    assert "・・" not in line


def test_zushi__a_visit__begins_early_enough_to_last_ninety_minutes(zushi: Municipality, in_june: None) -> None:
    page = family(zushi, **MAY_CHILD).looks_at("home_visit", "2026-06-10")

    assert "15:30</option>" in page
    assert "16:00</option>" not in page


def test_zushi__an_hour_outside_those_that_hold_in_principle__is_asked_about(
    zushi: Municipality, in_june: None
) -> None:
    household = family(zushi, **MAY_CHILD)

    page = household.sends("day_service", "2026-06-10", arrival="09:00:00", other_arrival="8:30")

    assert household.booked("2026-06-10").arrival == dt.time(8, 30)
    assert "8:30からは、原則の時間の外です。" in page
    assert "使えるかどうかは、施設に確かめます。" in page


def test_zushi__an_hour_within_them__asks_nothing(zushi: Municipality, in_june: None) -> None:
    page = family(zushi, **MAY_CHILD).sends("day_service", "2026-06-10", arrival="09:00:00", other_arrival="")

    assert "原則の時間の外です" not in page


def test_zushi__a_reduced_price_that_is_open__is_not_called_reduced_at_the_facility(
    zushi: Municipality, in_june: None, clock_at: Any
) -> None:
    household = family(zushi, **MAY_CHILD)
    proved(household, "public_assistance", proof="reduction_request")
    booking = household.books("short_stay", "2026-06-10", days=2, arrival="09:00:00")
    clock_at.move_to("2026-06-10T18:00:00+09:00")
    worker, own = desk(booking), f"/facility/bookings/{booking.number}/"

    seen = [worker.get(page).content.decode() for page in (own, "/facility/days/2026-06-10/", f"{own}absent/")]
    seen += [worker.post(f"{own}arrived/", follow=True).content.decode()]

    assert "減免後の額は、子育て支援課が決めます" in household.reads("booking", booking.number)
    assert ["市町村に確かめる額" in html for html in seen] == [True, True, False, True]
    assert not [html for html in seen for word in ("減免", "生活保護") if word in html]


@pytest.mark.parametrize(
    ("owed", "told"),
    [
        (Yen(2000), "2,000円がかかります。"),
        (Unpublished("施設が決めます", "facility"), "キャンセル料がかかります。"),
        (Unpublished("減免後の額は、市が決めます", "municipality"), "かかるお金は、市町村に確かめてください。"),
    ],
)
def test_money_told__names_no_reduction(owed: Amount, told: str) -> None:
    words = "2,000円がかかります。" if owed == 2000 else "キャンセル料がかかります。"
    at = clock.now()
    assert money_told(Receipt(at, at, "", "", "日数", "", (), owed, words, "")) == told


# Okayama


def test_okayama__asks_for_the_provisional_booking_first(okayama: Municipality, in_june: None) -> None:
    sample_facilities()
    household = family(okayama, **MAY_CHILD)

    page = household.sends("day_service", "2026-06-10")

    assert "先に、施設に電話などで仮予約をしてください。" in page
    assert not household.live()


def test_okayama__shows_no_deadline_where_none_is_published(
    okayama: Municipality, in_june: None, clock_at: Any
) -> None:
    sample_facilities()
    household = family(okayama, **MAY_CHILD)
    booking = household.books("day_service", "2026-06-10", provisional="on", arrival="10:15")
    open_question = "期限は公表されていません。施設へお問い合わせください。"

    for told in (
        household.looks_at("day_service", "2026-06-11"),
        household.reads("booking", booking.number),
        household.reads("cancel", booking.number),
        desk(booking).get(f"/facility/bookings/{booking.number}/").content.decode(),
        *mails(household, "booking_requested"),
        *mails(household, "booking_confirmed"),
    ):
        assert open_question in told

    clock_at.move_to("2026-06-10T09:00:00+09:00")
    receipt = household.cancels(booking, "in_time")

    assert "取り消しのきまりは公表されていません。施設へお問い合わせください" in receipt
    assert "取り消しのきまりは公表されていません" in mails(household, "booking_cancelled")[0]
    assert kept(household)[2] == {"stay_and_day": 1}
    assert kept(household)[3]["reason"].startswith("取り消しのきまりは公表されていません")


# Kumagaya


@pytest.mark.parametrize(("now", "shown"), [("17:00:00", "in_time"), ("17:00:01", "late")])
def test_g4__after_five_two_days_before__costs_what_nobody_publishes(
    kumagaya: Municipality, clock_at: Any, now: str, shown: str
) -> None:
    household, day = family(kumagaya, **MAY_CHILD), dt.date(2026, 6, 10)
    nurse = factories.MembershipFactory(municipality=kumagaya, role="centre").user
    with tenant(municipality=kumagaya.pk):
        wish = wished(household.entitlement, service="day_service", first_days=[day])
        chosen = offering(kumagaya, "day_service")
        booking = arranged(wish, chosen, by=nurse, first_day=day, arrival=dt.time(9), hours=None)
    desk(booking).post(f"/facility/requests/{booking.number}/confirm/")
    clock_at.move_to(f"2026-06-08T{now}+09:00")

    page = household.reads("cancel", booking.number)
    receipt = household.cancels(booking, shown)

    assert ("いま取り消すと、お金がかかることがあります。1日分は戻ります" in page) == (shown == "late")
    assert ("いま取り消すと、1日分が戻ります" in page) == (shown == "in_time")
    assert "過ぎているためです" not in page
    assert ("過ぎているため、<b>キャンセル料がかかる場合があります" in page) == (shown == "late")
    assert "は戻りました。" in receipt
    assert ("公表されていません" in mails(household, "booking_cancelled")[0]) == (shown == "late")
    assert sum(kept(household)[2].values()) == 1
