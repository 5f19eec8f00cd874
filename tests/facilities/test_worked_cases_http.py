"""Worked cases of the five programmes through the portal's own pages: what stands there, and what is stored."""

import datetime as dt
from typing import Any

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Offering
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.arranging import arranged, supporters, wished
from tests.facilities.walking import Family, call_typed_in, desk, family, mails, proved, sample_facilities

pytestmark = pytest.mark.django_db

MAY_CHILD = {"born_on": dt.date(2026, 5, 1), "due_date": dt.date(2026, 5, 1)}


@pytest.fixture
def in_june(clock_at: Any) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")


@pytest.fixture
def kodaira_family(kodaira: Municipality, in_june: None) -> Family:
    return family(kodaira, **MAY_CHILD)


@pytest.fixture
def kawasaki_family(kawasaki: Municipality, in_june: None) -> Family:
    sample_facilities()
    return family(kawasaki, **MAY_CHILD)


# Kodaira


def test_k9__stay_cancelled_a_second_before_four__is_free(kodaira_family: Family, clock_at: Any) -> None:
    booking = kodaira_family.books("short_stay", "2026-06-10", days=3, arrival="10:00:00")
    clock_at.move_to("2026-06-09T15:59:59+09:00")

    page = kodaira_family.reads("cancel", booking.number)
    receipt = kodaira_family.cancels(booking, "in_time")

    assert "いま取り消すと、3日分が戻ります" in page
    assert "お金はかかりません。" in page
    assert "日数は戻りました。" in receipt
    assert kept(kodaira_family) == ("cancelled_in_time", {}, {"stay_and_day": 3, "stay": 3, "stay_nights": 2}, 0)


def test_k9__stay_cancelled_at_four__counts_three_days_and_costs_nothing(kodaira_family: Family, clock_at: Any) -> None:
    booking = kodaira_family.books("short_stay", "2026-06-10", days=3, arrival="10:00:00")
    clock_at.move_to("2026-06-09T16:00:00+09:00")

    page = kodaira_family.reads("cancel", booking.number)
    kodaira_family.cancels(booking, "late")

    assert "いま取り消すと、3日分を使ったことになります" in page
    assert "お金はかかりません。" in page
    assert kept(kodaira_family) == ("cancelled_late", {"stay_and_day": 3, "stay": 3, "stay_nights": 2}, {}, 0)


@pytest.mark.parametrize(
    ("now", "shown", "sentence", "units", "yen"),
    [
        ("15:59:59", "in_time", "お金はかかりません。", {}, 0),
        ("16:00:00", "late", "2,000円がかかります。", {"supporter": 1}, 2000),
    ],
)
def test_k12__supporter_visit__counts_and_costs_from_four_o_clock(
    kodaira_family: Family,
    kodaira: Municipality,
    nurse: Any,
    clock_at: Any,
    now: str,
    shown: str,
    sentence: str,
    units: dict[str, int],
    yen: int,
) -> None:
    booking = supporter_visit(kodaira_family, kodaira, nurse)
    clock_at.move_to(f"2026-06-09T{now}+09:00")

    page = kodaira_family.reads("cancel", booking.number)
    kodaira_family.cancels(booking, shown)

    assert sentence in page
    assert kept(kodaira_family)[1] == units
    assert kept(kodaira_family)[3] == yen


def test_k16__call_typed_in_after_the_deadline__is_free(kodaira_family: Family, clock_at: Any) -> None:
    booking = kodaira_family.books("short_stay", "2026-06-10", days=3, arrival="10:00:00")
    clock_at.move_to("2026-06-09T16:10:00+09:00")

    page, form = call_typed_in(booking, "2026-06-09", "15:59")
    desk(booking).post(f"/facility/bookings/{booking.number}/cancel/", {**form, "shown": "in_time"})

    assert "この日時の連絡だと、3日分が戻ります" in page
    assert kept(kodaira_family)[0] == "cancelled_in_time"
    assert "6月9日(火) 15:59の連絡は、期限" in mails(kodaira_family, "booking_cancelled")[0]


# Kawasaki


def test_w8__long_day_of_a_child_of_five_months__is_for_the_facility_to_answer(
    kawasaki: Municipality, clock_at: Any
) -> None:
    clock_at.move_to("2026-10-01T10:00:00+09:00")
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)

    with scopes_disabled():
        Offering.objects.filter(service="day_long").update(age_under=None, age_unit="", age_title="")

    page = household.looks_at("day_long", "2026-10-05", at="mihon-kawasaki-josanin")
    household.sends("day_long", "2026-10-05", at="mihon-kawasaki-josanin")

    assert "施設へお問い合わせください" in page
    assert "この内容で申しこむ" in page
    assert household.booked("2026-10-05").status == Booking.Status.REQUESTED


def test_w8__where_the_facility_takes_such_children__is_a_yes(kawasaki: Municipality, clock_at: Any) -> None:
    clock_at.move_to("2026-10-01T10:00:00+09:00")
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)

    page = household.looks_at("day_long", "2026-10-05", at="mihon-kawasaki-josanin")

    assert "使えるかどうかは、施設によります" not in page
    assert "この内容で申しこむ" in page


def test_w9__an_earlier_visit__takes_the_reduction_of_the_last_one(kawasaki_family: Family) -> None:
    five_visits(kawasaki_family)

    page = kawasaki_family.looks_at("home_visit", "2026-06-28")
    kawasaki_family.sends("home_visit", "2026-06-28")

    assert "7月5日の訪問型は、2,500円から5,000円になります。" in page
    assert kawasaki_family.price("2026-06-28") == 2500
    assert kawasaki_family.price("2026-07-05") == 5000
    assert total(kawasaki_family) == 17_500
    assert "7月5日の訪問型は、2,500円から5,000円になります。" in mails(kawasaki_family, "booking_requested")[0]
    assert "5,000円" in kawasaki_family.reads("booking", kawasaki_family.booked("2026-07-05").number)


def test_w10__the_earlier_visit_cancelled__gives_the_reduction_back(kawasaki_family: Family) -> None:
    five_visits(kawasaki_family)
    earlier = kawasaki_family.books("home_visit", "2026-06-28")

    page = kawasaki_family.reads("cancel", earlier.number)
    kawasaki_family.cancels(earlier, "in_time")

    assert "7月5日の訪問型は、5,000円から2,500円になります。" in page
    assert kawasaki_family.price("2026-07-05") == 2500
    assert "7月5日の訪問型は、5,000円から2,500円になります。" in mails(kawasaki_family, "booking_cancelled")[0]


def test_w10__the_earlier_visit_declined__gives_the_reduction_back(kawasaki_family: Family) -> None:
    five_visits(kawasaki_family)
    kawasaki_family.sends("home_visit", "2026-06-28")
    earlier = kawasaki_family.booked("2026-06-28")

    desk(earlier).post(f"/facility/requests/{earlier.number}/decline/", {"why": "full"})

    assert kawasaki_family.price("2026-07-05") == 2500
    assert "7月5日の訪問型は、5,000円から2,500円になります。" in mails(kawasaki_family, "booking_declined")[0]


def test_w9__an_attended_visit__keeps_the_price_of_its_check_in(kawasaki_family: Family, clock_at: Any) -> None:
    five_visits(kawasaki_family)
    clock_at.move_to("2026-07-05T10:00:00+09:00")
    last = kawasaki_family.booked("2026-07-05")

    desk(last).post(f"/facility/bookings/{last.number}/arrived/")
    kawasaki_family.sends("home_visit", "2026-07-06")

    assert kawasaki_family.price("2026-07-05") == 2500
    assert kawasaki_family.price("2026-07-06") == 5000


def test_w7__cancelled_from_noon_of_the_day_before__costs_what_nobody_publishes(
    kawasaki_family: Family, clock_at: Any
) -> None:
    booking = kawasaki_family.books("home_visit", "2026-07-01")
    clock_at.move_to("2026-06-30T12:00:00+09:00")

    page = kawasaki_family.reads("cancel", booking.number)
    receipt = kawasaki_family.cancels(booking, "late")

    assert "いま取り消すと、1回分は戻ります" in page
    for told in (page, receipt, mails(kawasaki_family, "booking_cancelled")[0]):
        assert "キャンセル料が発生します。額は公表されていません" in told
    assert kept(kawasaki_family)[2] == {"all": 1}
    assert kept(kawasaki_family)[3]["who_knows"] == "facility"


def test_w11__without_the_certificate_of_the_new_fiscal_year__names_it(kawasaki: Municipality, in_june: None) -> None:
    sample_facilities()
    household = family(kawasaki, **MAY_CHILD)
    proved(household, "tax_exempt", proof="tax_exemption_certificate", fiscal_year=2025)

    page = household.looks_at("short_stay", "2026-06-30", days=2)
    household.sends("short_stay", "2026-06-30", days=2)

    assert "令和8年度の非課税証明書" in page
    assert household.price("2026-06-30") == 7500


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


def test_zushi__a_visit__begins_early_enough_to_last_ninety_minutes(zushi: Municipality, in_june: None) -> None:
    page = family(zushi, **MAY_CHILD).looks_at("home_visit", "2026-06-10")

    assert "15:30</option>" in page
    assert "16:00</option>" not in page


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


def supporter_visit(household: Family, kodaira: Municipality, nurse: Any) -> Booking:
    """Two hours on 6月10日 that the centre has asked for and the organisation has taken."""
    day = dt.date(2026, 6, 10)
    with tenant(municipality=kodaira.pk):
        wish = wished(household.entitlement, first_days=[day])
        booking = arranged(wish, supporters(kodaira), by=nurse, first_day=day)
    desk(booking).post(f"/facility/requests/{booking.number}/confirm/")
    return booking


def kept(household: Family) -> tuple[str, dict[str, int], dict[str, int], Any]:
    """The status of her latest booking, and what its consequence keeps: counted and returned units, money."""
    booking = household.last()
    consequence = booking.consequence
    return booking.status, consequence["counted"], consequence["returned"], consequence["total"]


def five_visits(household: Family) -> None:
    for number in range(1, 6):
        household.books("home_visit", f"2026-07-0{number}")
    assert total(household) == 12_500


def total(household: Family) -> int:
    return sum(booking.quote["total"] for booking in household.live())
