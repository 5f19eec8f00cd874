"""Where a page gives its prices without tax, every total says so, on both sides of the desk."""

import datetime as dt

import pytest

from eligibility.public import Municipality
from facilities.models import Booking
from facilities.selectors.day_sheet import sheet_of
from facilities.selectors.guests import cards_of, with_rows
from tests.facilities.walking import MAY_CHILD, desk, family
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "in_june")]


def test_totals__of_a_programme_without_tax__say_so(zushi: Municipality, clock_at: object) -> None:
    household = family(zushi, **MAY_CHILD)

    page = text(household.looks_at("day_service", "2026-06-10"))
    assert "3,500円(税抜)6月10日(水)この内容で申しこむ" in page, "the bar at the foot of a phone"
    booking = household.books("day_service", "2026-06-10", arrival="09:00:00")

    at_work = desk(booking)
    assert "受け取る額3,500円(税抜)" in text(at_work.get(f"/facility/bookings/{booking.number}/"))
    sheet = text(at_work.get("/facility/days/2026-06-10/"))
    assert "受け取る額3,500円(税抜)" in sheet
    assert sheet.count("3,500円(税抜)") == 2, "the day's total and hers"


def test_totals__of_a_programme_that_says_nothing_of_tax__are_plain(kodaira: Municipality, clinic: object) -> None:
    page = text(family(kodaira, **MAY_CHILD).looks_at("day_service", "2026-06-10"))
    assert "税抜" not in page


def test_sheet__with_prices_of_two_municipalities__says_that_some_are_without_tax(
    zushi: Municipality, kodaira: Municipality, clinic: object
) -> None:
    for municipality, code in ((zushi, ""), (kodaira, "")):
        family(municipality, **MAY_CHILD).sends("day_service", "2026-06-10", at=code, arrival="10:00:00")
    both = cards_of(with_rows(Booking.objects.all()))
    day = dt.date(2026, 6, 10)
    assert sheet_of(both, day, today=day, owing=()).tax_note == "税抜の額をふくむ"
    assert [sheet_of([card], day, today=day, owing=()).tax_note for card in both] == ["税抜", ""]
    assert sheet_of([], day, today=day, owing=()).tax_note == ""
