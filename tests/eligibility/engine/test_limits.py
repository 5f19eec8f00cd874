"""Units against what is left: sums, what would fit instead, nested pools, twins, and going on at full price."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Beyond,
    Grant,
    Length,
    Pool,
    PoolScope,
    UnitKind,
    Use,
    UseStatus,
    Verdict,
    Yen,
    judge_grant,
    standard_grant,
)
from tests.eligibility.engine.planned import MARCH, SOURCE, fact, planned, refusals, with_pool, with_service
from tests.eligibility.kodaira import TERMS, day, family, stay, visit


def days(number: int, first: date = MARCH) -> Use:
    return Use("day_service", first, date.fromordinal(first.toordinal() + number - 1))


def used(number: int) -> list[Use]:
    return [day(date(2026, 2, 3 + ahead)) for ahead in range(number)]


def test_limit__offers_fewer_days() -> None:
    plan = planned(days(3), held=used(3))
    assert refusals(plan)["limit_day"].endswith("のこりは2日です。2日なら予約できます。")
    assert plan.grantable
    assert plan.quote.total == 6000


def test_limit__offers_no_fewer_days_than_the_shortest_use() -> None:
    terms = with_service("day_service", length=Length(3, 5, SOURCE))
    assert refusals(planned(days(3), terms=terms, held=used(3)))["limit_day"].endswith(
        "のこりは2日です。宿泊型なら予約できます。"
    )
    longer = with_service("short_stay", terms, length=Length(5, 6, SOURCE))
    assert refusals(planned(days(3), terms=longer, held=used(3)))["limit_day"].endswith("のこりは2日です。")


def test_limit__leaves_the_sum_out_when_nothing_was_used() -> None:
    assert "宿泊型の泊数が 6泊 > 5泊 になります" in refusals(planned(stay(MARCH, 6)))["limit_stay_nights"]


def test_limit__may_be_granted_up_to_the_extended_limit_only() -> None:
    alone = with_pool("stay_and_day", services=("short_stay",), limit=30)
    assert planned(days(4), terms=alone, held=used(3)).grantable
    beyond = planned(days(5), terms=alone, held=used(3))
    assert set(refusals(beyond)) == {"limit_day"}
    assert not beyond.grantable


def test_limit__calls_a_day_what_the_programme_calls_it() -> None:
    terms = with_pool("day", counter="回")
    assert fact(planned(days(2), terms=terms), "limit_day") == "のこり5回のうち、2回を使います。"
    assert refusals(planned(days(3), terms=terms, held=used(3)))["limit_day"] == (
        "日帰り型3日は予約できません。日帰り型が 3回 + 3回 = 6回 > 5回 になります。"
        "のこりは2回です。2日なら予約できます。"
    )


def test_limit__is_another_for_twins() -> None:
    terms = with_pool("midwife", limit_multiples=4)
    held = [visit(date(2026, 2, 3)), visit(date(2026, 2, 4))]
    assert "limit_midwife" in refusals(planned(visit(MARCH), terms=terms, held=held))
    plan = planned(visit(MARCH), family(children=2), terms, held=held)
    assert plan.left_after == {"midwife": 1}


def test_limit__is_multiplied_by_the_children() -> None:
    terms = with_pool("midwife", per=PoolScope.CHILD)
    plan = planned(visit(MARCH), family(children=3), terms)
    assert plan.left_before == {"midwife": 6}


def test_limit__holds_in_every_pool_of_a_nest() -> None:
    nights = Pool("both_nights", "泊数", ("short_stay",), UnitKind.NIGHTS, 3, 3, PoolScope.BIRTH, False, 3, SOURCE)
    terms = replace(TERMS, pools=(*TERMS.pools, nights))
    assert planned(stay(MARCH, 3), terms=terms).left_after["both_nights"] == 0
    assert set(refusals(planned(stay(MARCH, 4), terms=terms))) == {"limit_both_nights"}


def test_beyond__goes_on_at_full_price_and_moves_no_pool() -> None:
    price = replace(TERMS.service("midwife_visit").price, beyond_limit=Yen(9000))
    terms = with_service("midwife_visit", with_pool("midwife", beyond=Beyond.FULL_PRICE), price=price)
    held = [visit(date(2026, 2, 3)), visit(date(2026, 2, 4))]
    plan = planned(visit(MARCH), family(household_class="public_assistance"), terms, held=held)
    assert plan.allowed
    assert plan.beyond
    assert plan.units == {}
    assert plan.left_before == plan.left_after == {"midwife": 0}
    assert plan.quote.total == 9000
    assert fact(plan, "limit_midwife") == (
        "助産師による訪問が 2回 + 1回 = 3回 > 2回 になります。助産師による訪問の料金は全額の負担です。"
    )
    assert not planned(visit(MARCH), terms=terms, held=held[:1]).beyond


def test_beyond__says_what_would_lie_within() -> None:
    terms = with_pool("day", beyond=Beyond.FULL_PRICE)
    plan = planned(days(3), terms=terms, held=used(3))
    assert plan.beyond
    assert fact(plan, "limit_day").endswith("日帰り型3日の料金は全額の負担です。2日なら、のこりの中で使えます。")


def test_beyond__ends_where_another_pool_refuses() -> None:
    plan = planned(days(5), terms=with_pool("day", beyond=Beyond.FULL_PRICE), held=used(4))
    assert not plan.beyond
    assert set(refusals(plan)) == {"limit_stay_and_day"}
    assert plan.units == {"stay_and_day": 5, "day": 5}


@pytest.mark.parametrize(
    ("number", "verdict", "overridable", "said"),
    [
        (5, Verdict.MET, False, "5日です。"),
        (6, Verdict.UNMET, True, "6日 > 5日 です。原則のきまりなので、理由を記録すれば7日まで認められます。"),
        (8, Verdict.UNMET, False, "8日 > 5日 です。認められるのは7日までです。"),
    ],
)
def test_judge_grant__keeps_to_the_extended_limit(number: int, verdict: Verdict, overridable: bool, said: str) -> None:
    grant = Grant({"day": number}, frozenset({"day_service"}))
    (finding,) = judge_grant(grant, children=1, terms=TERMS)
    assert (finding.code, finding.verdict, finding.overridable, finding.fact) == (
        "grant_day",
        verdict,
        overridable,
        said,
    )


def test_limit__gives_units_back_that_were_released() -> None:
    held = [replace(use, status=UseStatus.RELEASED) for use in used(5)]
    assert planned(days(5), held=held, grant=standard_grant(family(), TERMS)).allowed
