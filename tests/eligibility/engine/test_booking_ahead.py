"""When a booking is made: notice, horizon, bookings at once, the application's lead, a call before."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Lead, Limit, Terms, Use, UseStatus, Verdict
from tests.eligibility.engine.planned import MARCH, ON, SOURCE, fact, planned, refusals, with_booking
from tests.eligibility.kodaira import TERMS, day, family

MAY = date(2026, 5, 7)
"""The first working day after Golden Week; 05-01 is the last before it."""


def lead_terms(days: int, *, working: bool) -> Terms:
    return replace(TERMS, application=replace(TERMS.application, lead=Lead(days, working, SOURCE)))


@pytest.mark.parametrize(
    ("days", "working", "on", "allowed"),
    [
        (3, False, "2026-05-04", True),
        (3, False, "2026-05-05", False),
        (1, True, "2026-05-01", True),
        (1, True, "2026-05-02", False),
        (2, True, "2026-04-30", True),
        (2, True, "2026-05-01", False),
    ],
)
def test_notice__is_kept_through_its_last_day(days: int, working: bool, on: str, allowed: bool) -> None:
    terms = with_booking(notice=Lead(days, working, SOURCE))
    assert planned(day(MAY), terms=terms, on=date.fromisoformat(on)).allowed == allowed


def test_notice__says_from_when_a_day_is_possible() -> None:
    plain = with_booking(notice=Lead(3, False, SOURCE))
    assert refusals(planned(day(MAY), terms=plain, on=date(2026, 5, 5))) == {
        "notice": "5月7日(木)は予約できません。予約は、利用する日の3日前までです。5月8日(金)からの日を選んでください。"
    }
    assert fact(planned(day(MAY), terms=plain, on=date(2026, 5, 1)), "notice") == "5月4日(月)まで予約できます。"
    working = with_booking(notice=Lead(1, True, SOURCE))
    assert refusals(planned(day(MAY), terms=working, on=date(2026, 5, 2))) == {
        "notice": "5月7日(木)は予約できません。予約は、利用する日の土日・祝日などをのぞいて1日前までです。"
        "5月8日(金)からの日を選んでください。"
    }


def test_horizon__ends_so_many_days_ahead() -> None:
    terms = with_booking(horizon=Limit(29, SOURCE))
    assert date(2026, 2, 1) == ON
    assert fact(planned(day(MARCH), terms=terms), "horizon") == "3月2日(月)まで予約できます。"
    assert refusals(planned(day(date(2026, 3, 3)), terms=terms)) == {
        "horizon": "3月3日(火)は、まだ予約できません。いま予約できるのは、29日先の3月2日(月)までです。"
        "3月2日(月)までの日を選んでください。"
    }


def test_open_at_once__counts_bookings_to_come() -> None:
    terms = with_booking(open_at_once=Limit(2, SOURCE))
    to_come = [day(date(2026, 2, 3)), day(date(2026, 2, 4))]
    assert planned(day(MARCH), terms=terms, held=to_come[:1]).allowed
    assert refusals(planned(day(MARCH), terms=terms, held=to_come)) == {
        "open_at_once": "予約できません。これからの予約が、いま2つあります。一度に予約できるのは2つまでです。"
        "どれかを使うと予約できます。"
    }
    attended = [replace(to_come[0], status=UseStatus.ATTENDED), to_come[1]]
    assert planned(day(MARCH), terms=terms, held=attended).allowed
    assert planned(day(MARCH), terms=terms, held=to_come, on=date(2026, 2, 4)).allowed


def test_application_lead__counts_from_the_day_she_applied() -> None:
    terms = lead_terms(2, working=True)
    plan = planned(day(MAY), terms=terms, applied_on=date(2026, 5, 1))
    assert refusals(plan) == {
        "application_lead": "5月7日(木)は予約できません。申請が5月1日(金)なので、使えるのは5月8日(金)からです。"
        "5月8日(金)からの日を選んでください。"
    }
    assert planned(day(MAY), terms=terms, applied_on=date(2026, 4, 30)).allowed
    assert planned(day(MAY), terms=terms).allowed
    assert planned(day(MAY), terms=lead_terms(6, working=False), applied_on=date(2026, 5, 1)).allowed


def test_provisional__reminds_of_the_call_and_refuses_nothing() -> None:
    plan = planned(day(MARCH), terms=with_booking(provisional=SOURCE))
    assert plan.allowed
    note = next(finding for finding in plan.findings if finding.code == "provisional")
    assert (note.verdict, note.decides) == (Verdict.MET, False)
    assert note.fact == "予約の前に、施設に電話などで仮予約をしてください。"


def test_timing__says_nothing_where_the_file_sets_nothing() -> None:
    codes = {finding.code for finding in planned(Use("day_service", MARCH, MARCH), family()).findings}
    assert not codes & {"notice", "horizon", "open_at_once", "application_lead", "provisional"}
