"""毎週のきまり: what it would set is shown first, what was set by hand or is booked stays, and the ward comes first."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from facilities.models import BlockedDay, DayCapacity, Facility, Pattern
from facilities.selectors.patterns import Fate, Plan, number_on, plan_between
from facilities.services.block_ward import plan_releases
from facilities.services.blocks import release_block, take_back
from facilities.services.capacity import set_places
from facilities.services.integrity import check
from facilities.services.pattern_filling import end_of_month, plan_months
from facilities.services.patterns import NotToBePlanned, PlanChanged, Week, apply_patterns, set_patterns
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.staff.conftest import Book

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

APRIL, MAY = dt.date(2026, 4, 1), dt.date(2026, 5, 31)
WEEKDAYS_TWO = (2, 2, 2, 2, 2, None, 0, 1)  # nothing said of Saturdays, one place on public holidays
RULES, APPLY = "/facility/capacity/rules/", "/facility/capacity/rules/apply/"


@pytest.fixture
def empty(clinic: Facility) -> Facility:
    """The clinic keeps places, but has not set any of the days to come."""
    with scopes_disabled():
        DayCapacity.objects.all().delete()
    return clinic


def say(by: Any, facility: Facility, *, ward: tuple[int, int] = (0, 0), ahead: int = 0) -> None:
    with tenant(facility=facility.pk):
        set_patterns(facility, {"short_stay": Week(WEEKDAYS_TWO, *ward, ahead)}, by=by, at=clock.now())


def plan(facility: Facility, first: dt.date = APRIL, last: dt.date = MAY, *, by_hand: bool = False) -> Plan:
    with tenant(facility=facility.pk):
        return plan_between(facility, first, last, on=clock.today(), by_hand=by_hand)


def apply(by: Any, facility: Facility, *, by_hand: bool = False, shown: str = "", last: dt.date = MAY) -> Plan:
    with tenant(facility=facility.pk):
        token = shown or plan(facility, last=last, by_hand=by_hand).token
        return apply_patterns(facility, APRIL, last, by_hand=by_hand, shown=token, by=by, at=clock.now())


def limits(*days: str) -> list[int | None]:
    with scopes_disabled():
        assert [found for found in check() if found.what == "day"] == []
        found = {row.day.isoformat(): row.limit for row in DayCapacity.objects.filter(place="short_stay")}
    return [found.get(day) for day in days]


def test_number__of_a_holiday_is_its_own_and_of_its_weekday_where_none_is_said() -> None:
    showa_day, wednesday = dt.date(2026, 4, 29), dt.date(2026, 4, 22)

    assert [number_on(Pattern(numbers=list(WEEKDAYS_TWO)), day) for day in (showa_day, wednesday)] == [1, 2]
    assert number_on(Pattern(numbers=[*WEEKDAYS_TWO[:7], None]), showa_day) == 2


def test_apply__sets_weekdays_and_holidays_of_two_months_and_nothing_the_second_time(
    receptionist: Any, empty: Facility
) -> None:
    say(receptionist, empty)
    apply(receptionist, empty)

    assert limits("2026-04-01", "2026-04-04", "2026-04-05", "2026-04-29") == [2, None, 0, 1]
    assert plan(empty).does_nothing
    apply(receptionist, empty)
    assert limits("2026-04-01", "2026-04-29") == [2, 1]


def test_apply__leaves_what_was_set_by_hand_or_holds_more__unless_told_otherwise(
    receptionist: Any, empty: Facility, book: Book
) -> None:
    with tenant(facility=empty.pk):
        set_places(empty, {"short_stay": 5}, days=[APRIL], by=receptionist, at=clock.now())
        set_places(empty, {"short_stay": 5}, days=[dt.date(2026, 4, 29)], by=receptionist, at=clock.now())
        set_places(empty, {"short_stay": 5}, days=[dt.date(2026, 4, 30)], by=receptionist, at=clock.now())
    for _ in range(2):
        book(first=dt.date(2026, 4, 29), last=dt.date(2026, 4, 30))
    say(receptionist, empty)

    assert [item.day.day for item in plan(empty).of(Fate.BY_HAND)] == [1, 29, 30]
    apply(receptionist, empty)
    assert limits("2026-04-01", "2026-04-29", "2026-04-02") == [5, 5, 2]

    told = plan(empty, by_hand=True)
    assert [(item.day.day, item.used, item.after) for item in told.of(Fate.TAKEN)] == [(29, 2, 5)]
    apply(receptionist, empty, by_hand=True)
    assert limits("2026-04-01", "2026-04-29", "2026-04-30") == [2, 5, 2]


def test_apply__of_what_is_not_what_was_shown__changes_nothing(receptionist: Any, empty: Facility) -> None:
    say(receptionist, empty)
    shown = plan(empty).token
    with tenant(facility=empty.pk):
        set_places(empty, {"short_stay": 7}, days=[APRIL], by=receptionist, at=clock.now())

    with pytest.raises(PlanChanged):
        apply(receptionist, empty, shown=shown)

    assert limits("2026-04-01", "2026-04-02") == [7, None]


def test_apply__for_more_than_a_year_or_the_past__is_refused(receptionist: Any, empty: Facility) -> None:
    say(receptionist, empty)
    for first, last in ((APRIL, dt.date(2027, 6, 1)), (dt.date(2026, 3, 4), APRIL)):
        with tenant(facility=empty.pk), pytest.raises(NotToBePlanned):
            apply_patterns(empty, first, last, by_hand=False, shown="", by=receptionist, at=clock.now())


def test_ward__keeps_its_places_until_some_days_before_and_parents_get_them_then(
    receptionist: Any, empty: Facility, clock_at: Any
) -> None:
    say(receptionist, empty, ward=(1, 7))
    apply(receptionist, empty, last=dt.date(2026, 4, 10))

    def used() -> dict[int, int]:
        limits()
        with scopes_disabled():
            return {row.day.day: row.used for row in DayCapacity.objects.filter(limit__gt=0)}

    assert used() == {1: 1, 2: 1, 3: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1}
    clock_at.move_to("2026-03-25T00:00:00+09:00")
    plan_releases(clock.now())
    plan_releases(clock.now())
    assert used() == {1: 0, 2: 1, 3: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1}

    # Released early it is not taken once more by the rule; taken back by hand it stays until its own day.
    with tenant(facility=empty.pk):
        block = BlockedDay.objects.select_related("block__facility").get(day=dt.date(2026, 4, 2)).block
        release_block(block, days=[dt.date(2026, 4, 2), dt.date(2026, 4, 3)], by=receptionist, at=clock.now())
        take_back(block, dt.date(2026, 4, 3), by=receptionist, at=clock.now())
    apply(receptionist, empty, last=dt.date(2026, 4, 10))
    assert used() == {1: 0, 2: 0, 3: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1}
    clock_at.move_to("2026-03-27T00:00:00+09:00")
    plan_releases(clock.now())
    assert used()[3] == 0


def test_months_ahead__are_filled_once_and_never_over_what_was_set_by_hand(
    receptionist: Any, empty: Facility, clock_at: Any
) -> None:
    with tenant(facility=empty.pk):
        set_places(empty, {"short_stay": 7}, days=[APRIL], by=receptionist, at=clock.now())
    say(receptionist, empty, ahead=1)

    plan_months(clock.now())
    assert limits("2026-03-05", "2026-04-01", "2026-04-30", "2026-05-01") == [2, 7, 2, None]
    with tenant(facility=empty.pk):
        set_places(empty, {"short_stay": 0}, days=[dt.date(2026, 4, 30)], by=receptionist, at=clock.now())
    clock_at.move_to("2026-04-01T09:00:00+09:00")
    plan_months(clock.now())
    plan_months(clock.now())
    assert limits("2026-04-30", "2026-05-01", "2026-05-29", "2026-06-01") == [0, 2, 2, None]


def test_month_end__is_reached_across_the_year() -> None:
    assert [end_of_month(dt.date(2026, 11, 30), n) for n in (0, 3)] == [dt.date(2026, 11, 30), dt.date(2027, 2, 28)]


def test_page__saves_shows_and_applies(desk: Client, empty: Facility) -> None:
    week = {f"day{n}_short_stay": "" if number is None else str(number) for n, number in enumerate(WEEKDAYS_TWO)}
    sent = {**week, "ward_places_short_stay": "1", "notice_days_short_stay": "2", "notice_until_short_stay": "16:00"}

    half = desk.post(RULES, sent).content.decode()
    assert "何日前まで取っておくかを入力してください。" in half
    assert not Pattern.objects.exists()

    desk.post(RULES, {**sent, "ward_days_short_stay": "7"})
    empty.refresh_from_db()
    assert empty.notices == {"short_stay": {"days": 2, "until": "16:00"}}
    assert 'value="16:00"' in desk.get(RULES).content.decode()

    span = {"first_year": "2026", "first_month": "4", "first_day": "1"}
    span |= {"last_year": "2026", "last_month": "4", "last_day": "30"}
    shown = desk.get(APPLY, span)
    html = shown.content.decode()
    assert "令和8年4月 22日" in html
    assert "4月1日から、22日" in html
    assert limits("2026-04-01") == [None]

    answer = desk.post(APPLY, {**span, "shown": shown.context["plan"].token}, follow=True)
    assert "22日に反映しました。" in answer.content.decode()
    assert limits("2026-04-01", "2026-04-29") == [2, 1]
    assert "変わる日はありません。" in desk.get(APPLY, span).content.decode()
