"""Hours to begin at: of today only those to come, and no day that is over."""

import datetime as dt
from dataclasses import replace

import pytest

from eligibility import engine
from facilities.forms.citizen.dates import arrival_fields
from facilities.selectors.hours import hours_to_begin, over_on, over_today
from tests.eligibility.kodaira import TERMS

TODAY = dt.date(2026, 3, 11)
DAY_SERVICE = TERMS.service("day_service")


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, 11, hour, minute, tzinfo=engine.TOKYO)


def refused(now: dt.datetime, *, day: dt.date = TODAY, service: engine.Service = DAY_SERVICE) -> list[str]:
    use = engine.Use(service.code, day, day)
    return [finding.fact for finding in over_today(use, service, TERMS.booking, 1, now)]


def test_hours__of_today_are_those_to_come() -> None:
    hours = hours_to_begin(DAY_SERVICE.hours, after=over_on(TODAY, at(13, 30)))

    assert (hours[0], hours[-1]) == (dt.time(14), dt.time(15))
    assert hours_to_begin(DAY_SERVICE.hours, after=over_on(TODAY, at(13, 30) - dt.timedelta(days=1)))[0] == dt.time(10)


def test_today__is_over_with_its_last_hour_and_tomorrow_is_not() -> None:
    assert refused(at(14, 59)) == []
    assert refused(at(15)) == [
        "3月11日(水)は予約できません。きょうはじめられる時刻は、もう過ぎています。あしたからの日を選んでください。"
    ]
    assert refused(at(15), day=TODAY + dt.timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("hours", "asked"),
    [
        (replace(DAY_SERVICE.hours, principle=True), "arrival"),  # another hour may be agreed: she types it
        (replace(DAY_SERVICE.hours, opens=None, closes=None), "arrival"),  # each facility has its own
    ],
)
def test_today__stays_open_where_another_hour_may_be_agreed(hours: engine.Hours, asked: str) -> None:
    service = replace(DAY_SERVICE, hours=hours)

    assert refused(at(20), service=service) == []
    assert list(arrival_fields(service, 1, after=over_on(TODAY, at(20)))) == [asked]
