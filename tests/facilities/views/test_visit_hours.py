"""Choosing a visit where somebody has said when it visits: the days without visits, and the hours that are left."""

import re

import pytest

from eligibility.public import Municipality
from facilities.models import Booking
from tests.facilities.visiting import visits_on
from tests.facilities.walking import MAY_CHILD, Family, family, offering, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

SATURDAY, SUNDAY, WEDNESDAY = "2026-06-06", "2026-06-07", "2026-06-10"


def hours(page: str) -> list[str]:
    """The hours that the page offers, 09:00:00."""
    return re.findall(r'<option value="(\d\d:\d\d:\d\d)"', page)


@pytest.fixture
def kawasaki_family(kawasaki: Municipality) -> Family:
    sample_facilities()
    return family(kawasaki, **MAY_CHILD)


def test_dates__say_on_which_days_nobody_visits_and_why(kawasaki: Municipality, kawasaki_family: Family) -> None:
    visits_on(offering(kawasaki, "home_visit").facility)

    page = kawasaki_family.looks_at("home_visit", SUNDAY)

    assert "6月7日(日)は訪問できない日です。訪問する曜日は水・金です。ほかの日を選んでください。" in page
    assert "この内容で申しこむ" not in page


def test_dates__where_the_programme_publishes_no_hours__offer_those_of_whoever_visits(
    kawasaki: Municipality, kawasaki_family: Family
) -> None:
    facility = offering(kawasaki, "home_visit").facility
    visits_on(facility, visit_minutes=120, travel_minutes=30)
    assert hours(kawasaki_family.looks_at("home_visit", WEDNESDAY))[:3] == ["09:00:00", "09:30:00", "10:00:00"]

    neighbour = family(kawasaki, **MAY_CHILD)
    neighbour.sends("home_visit", WEDNESDAY, arrival="13:00:00")

    left = ["09:00:00", "09:30:00", "10:00:00"]  # 15:00 would leave no half hour for the way
    assert hours(kawasaki_family.looks_at("home_visit", WEDNESDAY)) == left


def test_dates__an_hour_that_was_taken_meanwhile__is_refused_with_the_reason(
    kawasaki: Municipality, kawasaki_family: Family
) -> None:
    visits_on(offering(kawasaki, "home_visit").facility)
    family(kawasaki, **MAY_CHILD).sends("home_visit", WEDNESDAY, arrival="13:00:00")

    page = kawasaki_family.sends("home_visit", WEDNESDAY, arrival="13:00:00")

    assert "この時刻には訪問できません。ほかの時刻を選んでください。" in page
    assert kawasaki_family.live() == []


def test_dates__keep_to_the_programmes_hours_and_its_length(zushi: Municipality, in_june: None) -> None:
    visits_on(offering(zushi, "home_visit").facility)
    household = family(zushi, **MAY_CHILD)

    page = household.looks_at("home_visit", WEDNESDAY)

    assert hours(page) == [
        *(f"{hour:02}:{minute:02}:00" for hour, minute in ((9, 0), (9, 30), (10, 0), (10, 30))),
        *(f"{hour:02}:{minute:02}:00" for hour in (13, 14, 15) for minute in (0, 30)),
    ]


def test_move__to_a_day_on_which_its_hour_is_taken__asks_for_another_hour(
    kawasaki: Municipality, kawasaki_family: Family
) -> None:
    visits_on(offering(kawasaki, "home_visit").facility)
    family(kawasaki, **MAY_CHILD).sends("home_visit", "2026-06-12", arrival="13:00:00")
    booking: Booking = kawasaki_family.books("home_visit", WEDNESDAY, arrival="13:00:00")

    page = kawasaki_family.reads("move", booking.number, day="2026-06-12")

    assert "14:00:00" in hours(page)
    assert "13:00:00" not in hours(page)
