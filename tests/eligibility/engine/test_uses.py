"""Units, balances and grants, and pools that other municipalities count per child."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    HOLDS_DAYS,
    HOLDS_UNITS,
    Balance,
    PoolScope,
    UnitKind,
    UseStatus,
    Verdict,
    balances_of,
    judge_grant,
    limit_text,
    standard_grant,
    units_of,
)
from tests.eligibility.kodaira import TERMS, day, family, stay, visit

MARCH = date(2026, 3, 2)


@pytest.mark.parametrize("nights", range(1, 7))
def test_units_of__counts_both_ends_of_a_stay(nights: int) -> None:
    assert units_of(stay(MARCH, nights), TERMS) == {
        "stay_and_day": nights + 1,
        "stay": nights + 1,
        "stay_nights": nights,
    }


def test_units_of__counts_days_and_visits() -> None:
    assert units_of(day(MARCH), TERMS) == {"stay_and_day": 1, "day": 1}
    assert units_of(visit(MARCH), TERMS) == {"midwife": 1}


def test_units_of__counts_started_hours_and_no_nights_of_a_day() -> None:
    hours = replace(TERMS.pool("supporter"), unit=UnitKind.HOURS)
    nights = replace(TERMS.pool("day"), unit=UnitKind.NIGHTS)
    terms = replace(TERMS, pools=(hours, nights))
    assert units_of(visit(MARCH, "supporter_visit", hours=1.5), terms) == {"supporter": 2}
    assert units_of(day(MARCH), terms) == {"day": 0}
    without = replace(TERMS.service("supporter_visit"), duration=None)
    assert units_of(visit(MARCH, "supporter_visit"), replace(terms, services=(without,))) == {"supporter": 0}


def test_balances_of__leaves_released_uses_out() -> None:
    held = [replace(visit(MARCH), status=status) for status in UseStatus]
    assert balances_of(held, standard_grant(family(), TERMS), TERMS)["midwife"] == Balance(limit=2, used=3)
    assert Balance(limit=2, used=3).left == 0


def test_use_status__sets_cover_every_state() -> None:
    assert HOLDS_DAYS < HOLDS_UNITS
    assert HOLDS_UNITS | {UseStatus.RELEASED} == set(UseStatus)


def test_balances_of__counts_a_service_that_was_not_granted_against_nothing() -> None:
    grant = standard_grant(family(), TERMS, services=["day_service"])
    assert balances_of([visit(MARCH)], grant, TERMS)["midwife"] == Balance(limit=0, used=1)


def test_standard_grant__multiplies_pools_that_count_per_child() -> None:
    per_child = replace(TERMS.pool("stay_and_day"), per=PoolScope.CHILD)
    terms = replace(TERMS, pools=(per_child, *TERMS.pools[1:]))
    grant = standard_grant(family(children=2), terms)
    assert (grant.limits["stay_and_day"], grant.limits["midwife"]) == (14, 2)
    raised = replace(grant, limits={"stay_and_day": 15})
    assert judge_grant(raised, children=2, terms=terms)[0].verdict is Verdict.UNMET
    assert limit_text("day_service", terms, children=2) == "5日まで"


@pytest.mark.parametrize(
    ("pool", "number", "verdict", "overridable"),
    [
        ("stay", 6, Verdict.MET, False),
        ("stay", 7, Verdict.UNMET, True),
        ("stay", 8, Verdict.UNMET, False),
        ("stay_nights", 6, Verdict.UNMET, True),
        ("day", 7, Verdict.UNMET, True),
        ("stay_and_day", 7, Verdict.MET, False),
        ("stay_and_day", 8, Verdict.UNMET, False),
        ("midwife", 3, Verdict.UNMET, False),
    ],
)
def test_judge_grant__extends_only_what_holds_in_principle(
    pool: str, number: int, verdict: Verdict, overridable: bool
) -> None:
    grant = replace(standard_grant(family(), TERMS), limits={pool: number})
    (finding,) = judge_grant(grant, children=1, terms=TERMS)
    assert (finding.code, finding.verdict, finding.overridable) == (f"grant_{pool}", verdict, overridable)


def test_judge_grant__says_how_far_it_may_go() -> None:
    grant = replace(standard_grant(family(), TERMS), limits={"stay": 7})
    (finding,) = judge_grant(grant, children=1, terms=TERMS)
    assert finding.fact == "7日 > 6日 です。原則のきまりなので、理由を記録すれば7日まで認められます。"


def test_terms__know_no_other_code() -> None:
    with pytest.raises(KeyError):
        TERMS.service("night_nurse")
