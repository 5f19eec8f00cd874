"""Planning a use: what an answer holds, and which version and which counters it follows."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Balance, Proof, Use, UseStatus, Verdict, Yen, standard_grant
from tests.eligibility.engine.planned import MARCH, fact, planned, refusals, with_service
from tests.eligibility.kodaira import TERMS, day, family, stay, visit


def test_plan_use__explains_a_stay_that_fits() -> None:
    plan = planned(stay(MARCH, 2))
    assert plan.allowed
    assert not plan.grantable
    assert not plan.beyond
    assert plan.asks == ()
    assert plan.units == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert plan.left_before == {"stay_and_day": 7, "stay": 6, "stay_nights": 5}
    assert plan.left_after == {"stay_and_day": 4, "stay": 3, "stay_nights": 3}
    assert [(line.arithmetic, line.amount) for line in plan.quote.lines] == [
        ("3月2日→3日", 5000),
        ("3月3日→4日", 5000),
    ]
    assert plan.quote.total == 10000
    assert plan.cancel.wording == "3月1日(日) 16:00 より前"


def test_plan_use__puts_what_speaks_against_it_first() -> None:
    verdicts = [finding.verdict for finding in planned(stay(MARCH, 6)).findings]
    assert verdicts[0] is Verdict.UNMET
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict.rank)


def test_plan_use__refuses_a_day_that_has_passed() -> None:
    assert "not_past" in refusals(planned(day(MARCH), on=date(2026, 3, 3)))
    assert planned(day(MARCH), on=MARCH).allowed


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


def test_plan_use__prices_by_the_version_in_force_and_limits_by_that_of_the_decision() -> None:
    old = TERMS.service("day_service")
    tier = old.cancellation.tiers[0]
    earlier = replace(tier, deadline=replace(tier.deadline, days_before=3))
    later_version = with_service(
        "day_service",
        price=replace(old.price, amount=Yen(2500)),
        cancellation=replace(old.cancellation, tiers=(earlier,)),
    )
    plan = planned(day(MARCH), price_terms=replace(later_version, pools=()))
    assert plan.quote.total == 2500
    assert plan.cancel.wording == "2月27日(金) 16:00 より前"
    assert plan.left_after == {"stay_and_day": 6, "day": 4}


def test_plan_use__names_the_certificate_that_is_missing_without_refusing() -> None:
    missing = family(household_class="public_assistance", proofs=frozenset())
    plan = planned(day(MARCH), missing)
    assert plan.allowed
    assert plan.quote.total == 2000
    assert "生活保護受給証明書" in fact(plan, "certificate")
    there = family(household_class="public_assistance", proofs=frozenset({Proof("public_assistance_certificate")}))
    assert planned(day(MARCH), there).quote.total == 0


def test_plan_use__refuses_a_use_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        planned(Use("day_service", MARCH, date(2026, 3, 1)))


def test_plan_use__refuses_a_service_that_was_not_granted() -> None:
    grant = standard_grant(family(), TERMS, services=["day_service"])
    assert grant.limits == {"stay_and_day": 7, "day": 5}
    assert "service_granted" in refusals(planned(visit(MARCH), grant=grant))
