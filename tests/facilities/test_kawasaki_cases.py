"""Kawasaki's worked cases through the portal's own pages: five reductions by the order of uses, and open answers."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Offering
from tests.facilities.walking import MAY_CHILD, Family, desk, family, kept, mails, proved, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


@pytest.fixture
def kawasaki_family(kawasaki: Municipality, in_june: None) -> Family:
    sample_facilities()
    return family(kawasaki, **MAY_CHILD)


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

    assert "いま取り消すと、お金がかかることがあります。1回分は戻ります" in page
    assert "過ぎているため、<b>キャンセル料が発生します" in page
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


def five_visits(household: Family) -> None:
    for number in range(1, 6):
        household.books("home_visit", f"2026-07-0{number}")
    assert total(household) == 12_500


def total(household: Family) -> int:
    return sum(booking.quote["total"] for booking in household.live())
