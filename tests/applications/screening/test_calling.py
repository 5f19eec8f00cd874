"""When she can be reached, in office hours, and how often somebody has tried in vain."""

import datetime as dt

from applications.models import PhoneCall
from applications.selectors.calling import attempts_of, next_times
from eligibility.engine import OfficeDays
from postpartum_portal.shared.wareki import TOKYO

OFFICE = OfficeDays((), None)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=TOKYO)


def test_next_times__are_the_next_beginnings_of_her_times_on_working_days() -> None:
    friday = at(6, 13, 30)
    assert [time.at for time in next_times(["evening"], OFFICE, now=friday)] == [at(6, 16), at(9, 16), at(10, 16)]
    both = list(next_times(["morning", "afternoon"], OFFICE, now=friday))
    assert [(time.at, time.word) for time in both] == [(at(9, 9), "午前"), (at(9, 13), "午後"), (at(10, 9), "午前")]


def test_next_times__leave_out_a_holiday() -> None:
    assert next(next_times(["noon"], OFFICE, now=at(19, 17))).at == at(23, 12)  # the 20th is 春分の日, then a weekend


def test_attempts__are_counted_in_a_row_since_she_was_reached() -> None:
    calls = [PhoneCall(reached=reached) for reached in (False, False, True, False, False)]
    assert (attempts_of(calls).number, attempts_of(calls).unanswered, attempts_of(calls).should_write) == (5, 2, False)
    assert attempts_of([*calls, PhoneCall(reached=False)]).should_write
