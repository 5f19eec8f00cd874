"""The month from which she chooses: it says of every day what planning says, with the rule's own reason."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.public import standing_of
from eligibility import engine
from facilities.models import Booking, Contract
from facilities.selectors.arrivals import Arrival, ArrivalState, arrivals, no_room
from facilities.selectors.limits import place_of
from facilities.selectors.proposals import propose, refusals_for
from facilities.selectors.uses import use_of
from tests import factories
from tests.facilities.walking import Family, offering
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


AT = {"day_service": "mihon-byoin", "helper": "mihon-helper"}


def month_of(household: Family, service: str, month: int, *, days: int, at: str, on: dt.date) -> dict[int, Arrival]:
    """Each day of a month of 2026 as a day of arrival; every one of them as planning has it."""
    standing, chosen = standing_of(household.entitlement), offering(household.municipality, service, at)
    bookings = list(Booking.objects.filter(entitlement=household.entitlement))
    held = [use_of(booking) for booking in bookings]
    refusals = refusals_for(standing, chosen, place_of(chosen, standing.terms), held=held, on=on)
    between = dt.date(2026, month, 1), dt.date(2026, month + 1, 1) - dt.timedelta(days=1)
    found = {arrival.day.day: arrival for arrival in arrivals(chosen, days=days, between=between, refusals=refusals)}
    for arrival in found.values():
        use = engine.Use(service, arrival.day, arrival.day + dt.timedelta(days=days - 1))
        proposal = propose(use, standing, chosen, bookings=bookings, on=on)
        assert arrival.refusals == proposal.refusals
        assert (arrival.state is ArrivalState.FREE) == (not proposal.refusals and not no_room(chosen, use))
    return found


def free(found: dict[int, Arrival]) -> set[int]:
    return {day for day, arrival in found.items() if arrival.state is ArrivalState.FREE}


def test_calendar__keeps_the_notice_in_working_days_and_ends_with_what_is_ahead(household: Family) -> None:
    """On Monday 04-13: two working days before the use, and no more than 60 days ahead (06-12)."""
    on = dt.date(2026, 4, 13)
    april = month_of(household, "day_service", 4, days=1, at="mihon-byoin", on=on)
    assert free(april) == set(range(15, 31))
    assert {item.code for item in april[14].refusals} == {"notice"}
    may = month_of(household, "day_service", 5, days=1, at="mihon-byoin", on=dt.date(2026, 5, 1))
    assert free(may) == set(range(8, 22)), "over Golden Week, and until the facility's hundredth day"
    june = month_of(household, "short_stay", 6, days=2, at="mihon-byoin", on=dt.date(2026, 4, 8))
    assert free(june) == set(range(1, 8)), "60 days ahead"
    assert {item.code for item in june[8].refusals} == {"horizon"}


def test_calendar__where_the_first_day_decides__lets_a_stay_run_past_it(household: Family) -> None:
    """産後4か月になる日 is 06-10: a stay may begin on it."""
    june = month_of(household, "short_stay", 6, days=3, at="mihon-byoin", on=dt.date(2026, 5, 7))
    assert free(june) == set(range(1, 11))
    assert {item.code for item in june[11].refusals} == {"period"}


def test_calendar__takes_two_uses_a_day_and_the_lead_of_the_application(household: Family) -> None:
    on = dt.date(2026, 4, 20)
    for service, still_free in (("day_service", True), ("helper", False)):
        household.books(service, "2026-05-12", at=AT[service], arrival="10:00:00")
        may = month_of(household, "day_service", 5, days=1, at="mihon-byoin", on=on)
        assert (12 in free(may)) == still_free
    factories.ApplicationFactory(
        municipality=household.municipality,
        birth=household.entitlement.birth,
        submitted_at=dt.datetime(2026, 4, 27, 10, tzinfo=engine.TOKYO),
    )
    may = month_of(household, "day_service", 5, days=1, at="mihon-byoin", on=on)
    assert free(may) == set(range(8, 22)) - {12}
    assert {item.code for item in may[1].refusals} == {"application_lead"}


def test_calendar__says_why_in_words(household: Family) -> None:
    page = household.reads("book_dates", offering(household.municipality, "day_service", "mihon-byoin").pk)
    why = (
        "4月14日(火)は予約できません。予約は、利用する日の土日・祝日などをのぞいて2日前までです。"
        "4月15日(水)からの日を選んでください。"
    )
    assert f'<b>14</b><small>締切</small><span class="vh">{why}</span>' in page
    assert f"締切{why}" in text(page)
    assert 'value="2026-04-15"' in page
    assert 'value="2026-04-14"' not in page


def test_calendar__where_the_first_day_decides__names_the_last_to_begin_on(household: Family) -> None:
    chosen = offering(household.municipality, "short_stay", "mihon-byoin").pk
    page = household.reads("book_dates", chosen, month="2026-06", days=3)
    assert "6月10日(水)が始められる最後の日です。" in text(page)
    assert "始められる最後の日は6月10日(水)です" in text(
        household.looks_at("short_stay", "2026-06-11", days=2, at="mihon-byoin")
    )
    assert "<b>12</b><small>期限後</small>" in page, "60 days ahead too, but over before that"


def test_calendar__of_a_facility_whose_contract_ends__says_until_when(household: Family) -> None:
    chosen = offering(household.municipality, "day_service", "mihon-byoin")
    Contract.objects.filter(pk=chosen.contract_id).update(ends_on=dt.date(2026, 5, 14))
    may = month_of(household, "day_service", 5, days=1, at="mihon-byoin", on=dt.date(2026, 4, 13))
    assert free(may) == set(range(1, 15))
    page = text(household.reads("book_dates", chosen.pk, month="2026-05"))
    assert "終了この施設を使えるのは5月14日(木)までです。ほかの施設か、それまでの日を選んでください。" in page


def test_calendar__where_no_more_may_be_booked_at_once__offers_no_day(household: Family) -> None:
    for day in ("2026-05-12", "2026-05-13", "2026-05-14"):
        household.books("day_service", day, at="mihon-byoin", arrival="10:00:00")
    page = household.reads("book_dates", offering(household.municipality, "day_service", "mihon-byoin").pk)
    assert 'name="day" value="2026-' not in page.partition("<form")[2].partition("</form>")[0]
    assert "不可予約できません。これからの予約が、いま3つあります。" in text(page)


def test_calendar__asks_the_database_as_often_for_a_month_as_for_a_week(household: Family) -> None:
    def queries(**said: Any) -> int:
        chosen = offering(household.municipality, "day_service", "mihon-byoin").pk
        household.reads("book_dates", chosen, **said)
        with CaptureQueriesContext(connection) as captured:
            household.reads("book_dates", chosen, **said)
        return len(captured)

    assert queries(month="2026-05") == queries(month="2026-04")
