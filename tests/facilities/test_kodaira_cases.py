"""Kodaira's worked cases of cancelling, through the portal's own pages and forms."""

import datetime as dt
from typing import Any

import pytest

from eligibility.public import Municipality
from facilities.models import Booking
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.arranging import arranged, supporters, wished
from tests.facilities.shown import shown_on
from tests.facilities.walking import (
    MAY_CHILD,
    Family,
    call_typed_in,
    desk,
    family,
    kept,
    mails,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


@pytest.fixture
def kodaira_family(kodaira: Municipality, in_june: None) -> Family:
    return family(kodaira, **MAY_CHILD)


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
    desk(booking).post(f"/facility/bookings/{booking.number}/cancel/", {**form, "shown": shown_on(page)})

    assert "この日時の連絡だと、3日分が戻ります" in page
    assert kept(kodaira_family)[0] == "cancelled_in_time"
    assert "6月9日(火) 15:59の連絡は、期限" in mails(kodaira_family, "booking_cancelled")[0]


def supporter_visit(household: Family, kodaira: Municipality, nurse: Any) -> Booking:
    """Two hours on 6月10日 that the centre has asked for and the organisation has taken."""
    day = dt.date(2026, 6, 10)
    with tenant(municipality=kodaira.pk):
        wish = wished(household.entitlement, first_days=[day])
        booking = arranged(wish, supporters(kodaira), by=nurse, first_day=day)
    desk(booking).post(f"/facility/requests/{booking.number}/confirm/")
    return booking
