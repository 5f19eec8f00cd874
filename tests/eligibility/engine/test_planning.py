"""Planning a use: what an answer holds, and which version and which counters it follows."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Balance, Family, Proof, UnitKind, Use, UseStatus, Verdict, Yen, standard_grant
from tests.eligibility.engine.planned import MARCH, fact, planned, refusals, with_booking, with_service
from tests.eligibility.kodaira import TERMS, day, family, stay, visit

PLENTY = {pool.code: Balance(limit=9, used=0) for pool in TERMS.pools}


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


def test_plan_use__takes_as_many_uses_a_day_as_the_file_says() -> None:
    twice = with_booking(uses_per_day=2)
    held = [visit(MARCH)]
    assert fact(planned(day(MARCH), terms=twice), "one_use_per_day") == "3月2日(月)に、ほかの予約はありません。"
    assert fact(planned(day(MARCH), terms=twice, held=held), "one_use_per_day") == (
        "3月2日(月)に、ほかの予約は1つです。"
    )
    held.append(visit(MARCH, "given_up_since"))
    assert refusals(planned(day(MARCH), terms=twice, held=held, balances=PLENTY)) == {
        "one_use_per_day": "3月2日(月)は予約できません。"
        "助産師による訪問とほかの予約があり、1日に使えるのは2つです。ほかの日を選んでください。"
    }


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


def test_plan_use__prices_a_service_that_was_given_up_since_as_the_decision_did() -> None:
    without = tuple(service for service in TERMS.services if service.code != "day_service")
    plan = planned(day(MARCH), price_terms=replace(TERMS, services=without))
    assert plan.quote.total == 2000
    assert plan.cancel.wording == "3月1日(日) 16:00 より前"


def test_plan_use__counts_after_a_loss_as_for_one_child() -> None:
    hours = replace(TERMS.pool("midwife"), unit=UnitKind.HOURS, limit=3, limit_multiples=6)
    terms = replace(TERMS, pools=(hours,))
    asked = visit(MARCH)  # two hours at most, three with twins
    twins = planned(asked, family(children=2), terms)
    assert (twins.left_before, twins.left_after) == ({"midwife": 6}, {"midwife": 3})
    lost = planned(asked, family(children=2, family=Family.BEREAVED), terms)
    assert (lost.left_before, lost.left_after) == ({"midwife": 3}, {"midwife": 1})
    granted_more = {"midwife": Balance(limit=3, used=3)}
    lost = planned(asked, family(children=2, family=Family.BEREAVED), terms, balances=granted_more)
    assert not lost.grantable


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
