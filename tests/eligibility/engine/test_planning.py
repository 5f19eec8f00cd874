"""Planning a use beyond the worked cases: each rule that can refuse, and what it says."""

from dataclasses import replace
from datetime import date, time

import pytest

from eligibility.engine import Balance, Facts, Grant, Period, Plan, Use, UseStatus, plan_use, standard_grant
from tests.eligibility.kodaira import BORN, TERMS, day, family, stay, visit

MARCH = date(2026, 3, 2)
ON = date(2026, 2, 1)


def planned(use: Use, facts: Facts | None = None, grant: Grant | None = None, **known: object) -> Plan:
    household = facts or family()
    usual: dict[str, object] = {"on": ON, "grant": grant or standard_grant(household, TERMS)}
    return plan_use(use, facts=household, terms=TERMS, **{**usual, **known})  # type: ignore[arg-type]


def refusals(plan: Plan) -> dict[str, str]:
    return {finding.code: finding.fact for finding in plan.refusals}


def test_plan_use__explains_a_stay_that_fits() -> None:
    plan = planned(stay(MARCH, 2))
    assert plan.allowed
    assert not plan.grantable
    assert plan.units == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert plan.left_before == {"stay_and_day": 7, "stay": 6, "stay_nights": 5}
    assert plan.left_after == {"stay_and_day": 4, "stay": 3, "stay_nights": 3}
    assert [(line.arithmetic, line.amount) for line in plan.quote.lines] == [
        ("3月2日→3日", 5000),
        ("3月3日→4日", 5000),
    ]
    assert plan.quote.total == 10000
    assert plan.cancel.wording == "3月1日(日) 16:00 より前"


def test_plan_use__waits_for_the_recorded_birth() -> None:
    plan = planned(stay(MARCH, 1), Facts(due_date=date(2026, 2, 1)))
    assert set(refusals(plan)) == {"birth_recorded"}


def test_plan_use__ends_with_the_last_day() -> None:
    assert planned(stay(date(2026, 5, 12), 2)).allowed
    assert refusals(planned(stay(date(2026, 5, 13), 2))) == {
        "period": "5月13日(水)〜15日(金)の2泊3日は予約できません。使える最後の日は5月14日(木)です"
        "(1月15日から4か月 → 5月15日の前日)。5月14日(木)までの日を選んでください。"
    }


def test_plan_use__begins_with_the_birth() -> None:
    plan = planned(day(date(2026, 1, 14)), on=date(2026, 1, 1))
    assert refusals(plan)["period"].endswith("使えるのは1月15日(木)からです。1月15日(木)からの日を選んでください。")


def test_plan_use__keeps_a_period_that_was_granted() -> None:
    own = Period(BORN, date(2026, 6, 30), False, "決定による", TERMS.application.source)
    grant = replace(standard_grant(family(), TERMS), period=own)
    assert planned(day(date(2026, 6, 30)), grant=grant).allowed
    unknown = replace(grant, period=Period(None, None, True, "まだわかりません。", TERMS.application.source))
    assert refusals(planned(day(MARCH), grant=unknown))["period"].endswith("まだわかりません。")


def test_plan_use__refuses_a_day_that_has_passed() -> None:
    assert "not_past" in refusals(planned(day(MARCH), on=date(2026, 3, 3)))
    assert planned(day(MARCH), on=MARCH).allowed


def test_plan_use__refuses_a_service_that_was_not_granted() -> None:
    grant = standard_grant(family(), TERMS, services=["day_service"])
    assert grant.limits == {"stay_and_day": 7, "day": 5}
    assert "service_granted" in refusals(planned(visit(MARCH), grant=grant))


def test_plan_use__takes_one_use_a_day() -> None:
    held = [stay(MARCH, 2)]
    clash = refusals(planned(day(date(2026, 3, 4)), held=held))
    assert clash == {
        "one_use_per_day": "3月4日(水)は予約できません。"
        "宿泊型の予約があり、1日に使えるのは1つです。ほかの日を選んでください。"
    }
    assert planned(day(date(2026, 3, 5)), held=held).allowed


@pytest.mark.parametrize("status", [UseStatus.COUNTED, UseStatus.RELEASED])
def test_plan_use__frees_the_day_of_a_cancelled_use(status: UseStatus) -> None:
    plan = planned(day(MARCH), held=[replace(day(MARCH), status=status)])
    assert plan.allowed
    assert plan.left_before["day"] == (4 if status is UseStatus.COUNTED else 5)


def test_plan_use__prefers_the_counters_of_the_entitlement() -> None:
    plan = planned(visit(MARCH), balances={"midwife": Balance(limit=2, used=2)})
    assert refusals(plan) == {
        "limit_midwife": "助産師による訪問は予約できません。"
        "助産師による訪問が 2回 + 1回 = 3回 > 2回 になります。のこりはありません。"
    }
    assert plan.left_after == {"midwife": 0}
    assert "limit_midwife" in refusals(planned(visit(MARCH), balances={}))


def test_plan_use__offers_fewer_days() -> None:
    held = [day(date(2026, 2, number)) for number in (3, 4, 5)]
    plan = planned(Use("day_service", MARCH, date(2026, 3, 4)), held=held)
    assert refusals(plan)["limit_day"].endswith("のこりは2日です。2日なら予約できます。")
    assert plan.grantable
    assert plan.quote.total == 6000


def test_plan_use__leaves_the_sum_out_when_nothing_was_used() -> None:
    assert "宿泊型の泊数が 6泊 > 5泊 になります" in refusals(planned(stay(MARCH, 6)))["limit_stay_nights"]


@pytest.mark.parametrize(
    ("first", "allowed"),
    [("12-28", True), ("12-29", False), ("12-31", False), ("01-01", False), ("01-03", False), ("01-04", True)],
)
def test_plan_use__closes_visits_over_the_new_year(first: str, allowed: bool) -> None:
    day_of_visit = date.fromisoformat(f"{2026 if first > '06' else 2027}-{first}")
    plan = planned(visit(day_of_visit), family(birth_date=date(2026, 11, 1)))
    assert plan.allowed == allowed
    assert planned(day(day_of_visit), family(birth_date=date(2026, 11, 1))).allowed


def test_plan_use__closes_a_season_within_one_year() -> None:
    midwife = TERMS.service("midwife_visit")
    holidays = replace(midwife.closed[0], label="お盆", first=(8, 13), last=(8, 15))
    terms = replace(TERMS, services=(replace(midwife, closed=(holidays,)),))
    facts = family(birth_date=date(2026, 7, 1))
    grant = standard_grant(facts, terms)
    for number, allowed in ((12, True), (13, False), (15, False), (16, True)):
        plan = plan_use(visit(date(2026, 8, number)), facts=facts, grant=grant, terms=terms, on=date(2026, 8, 1))
        assert plan.allowed == allowed


def test_plan_use__minds_vaccination_days_for_visits_only() -> None:
    assert planned(day(MARCH), vaccination_days={MARCH}).allowed
    assert planned(visit(MARCH), vaccination_days={date(2026, 3, 3)}).allowed
    assert not planned(visit(MARCH, "supporter_visit"), vaccination_days={MARCH}).allowed


@pytest.mark.parametrize(
    ("start", "hours", "allowed"),
    [(time(9), 2.0, True), (time(8, 59), 1.0, False), (time(15), 2.0, True), (time(15, 1), 2.0, False)],
)
def test_plan_use__keeps_visits_within_the_hours(start: time, hours: float, allowed: bool) -> None:
    plan = planned(visit(MARCH, start_time=start, hours=hours))
    assert plan.allowed == allowed


def test_plan_use__lets_a_stay_arrive_in_the_evening() -> None:
    assert planned(replace(stay(MARCH, 1), start_time=time(19))).allowed
    late = planned(replace(day(MARCH), start_time=time(16)))
    assert refusals(late) == {
        "hours": "16:00からは予約できません。日帰り型の時間は10:00〜16:00です。この中の時刻を選んでください。"
    }


def test_plan_use__limits_the_length_of_a_visit() -> None:
    assert refusals(planned(visit(MARCH, hours=2.5))) == {
        "duration": "2.5時間は予約できません。助産師による訪問は1回2時間までで、"
        "2.5時間 > 2時間 です。2時間以内なら予約できます。"
    }
    assert planned(visit(MARCH, hours=3.0), family(children=2)).allowed
    assert not planned(visit(MARCH, "supporter_visit", hours=3.0), family(children=2)).allowed


def test_plan_use__refuses_lengths_that_are_none() -> None:
    assert "shape" in refusals(planned(Use("short_stay", MARCH, MARCH)))
    assert "shape" in refusals(planned(Use("midwife_visit", MARCH, date(2026, 3, 3))))
    with pytest.raises(ValueError, match="ends before it begins"):
        planned(Use("day_service", MARCH, date(2026, 3, 1)))
