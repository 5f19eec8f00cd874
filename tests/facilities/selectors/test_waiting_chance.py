"""How long an offer may be thought over: half a day, never ending at night, never past what could still be used."""

import datetime as dt
from dataclasses import replace

import pytest

from eligibility import engine
from facilities.models import Waiting
from facilities.selectors.waiting_chance import answer_until, last_offer
from postpartum_portal.shared import clock
from tests.eligibility.engine.planned import SOURCE
from tests.eligibility.kodaira import TERMS


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=clock.TOKYO)


@pytest.mark.parametrize(
    ("offered", "until"),
    [
        (at(5, 9), at(5, 21)),
        (at(5, 10), at(5, 22)),
        (at(5, 10, 1), at(6, 10)),
        (at(5, 21), at(6, 10)),
        (at(5, 23, 30), at(6, 11, 30)),
        (at(5, 3), at(5, 15)),
    ],
    ids=["by day", "to the evening", "over the night", "from the evening", "at midnight", "in the small hours"],
)
def test_answer_until__lasts_half_a_day_and_ends_by_day(offered: dt.datetime, until: dt.datetime) -> None:
    assert answer_until(offered, begins=at(20, 10), allowed=lambda _: True) == until


def test_answer_until__ends_when_the_use_begins() -> None:
    assert answer_until(at(5, 20), begins=at(6, 9), allowed=lambda _: True) == at(6, 9)


def test_answer_until__ends_with_the_last_day_on_which_the_rules_let_her_ask() -> None:
    assert answer_until(at(5, 20), begins=at(20, 10), allowed=lambda day: day <= dt.date(2026, 3, 5)) == at(6, 0)


def test_answer_until__leaving_less_than_an_hour__is_no_offer() -> None:
    assert answer_until(at(6, 8, 30), begins=at(6, 9), allowed=lambda _: True) is None
    assert answer_until(at(5, 23, 30), begins=at(20, 10), allowed=lambda day: day == dt.date(2026, 3, 5)) is None


def test_last_offer__leaves_an_hour_before_the_use__and_keeps_the_notice_that_is_asked_for() -> None:
    waiting = Waiting(service="day_service", first_day=dt.date(2026, 3, 20), last_day=dt.date(2026, 3, 20))
    notice = engine.Lead(3, working=False, source=SOURCE)

    assert last_offer(waiting, TERMS) == at(20, 9)
    assert last_offer(waiting, replace(TERMS, booking=replace(TERMS.booking, notice=notice))) == at(17, 23)
