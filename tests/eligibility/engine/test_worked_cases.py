"""The worked cases of Kodaira, K1 to K16, as the office wrote them."""

from datetime import date
from typing import Any

import pytest

from eligibility.engine import (
    ConsequenceKind,
    application_window,
    cancel,
    no_show,
    plan_use,
    quote,
    standard_grant,
    total,
    use_period,
)
from tests.eligibility.cases import cases, facts_of, moment, use_of, yes
from tests.eligibility.kodaira import TERMS

CASES = {case["番号"]: case for case in cases("kodaira")}


def of(kind: str) -> list[Any]:
    return [pytest.param(case, id=name.replace(" ", "_")) for name, case in CASES.items() if kind in case]


def test_worked_cases__are_all_there() -> None:
    assert {name.split()[0] for name in CASES} == {f"K{number}" for number in range(1, 17)}


def test_application_window__opens_in_week_32() -> None:
    case = CASES["K1"]
    window = application_window(facts_of(case["前提"], TERMS), TERMS)
    assert str(window.opens_on) == case["答え"]["申請できる日"]
    assert window.arithmetic == case["答え"]["算式"]


def test_use_period__ends_on_the_eve_of_four_months() -> None:
    case = CASES["K2"]
    for service in TERMS.services:
        period = use_period(service.code, facts_of(case["前提"], TERMS), TERMS)
        assert str(period.last) == case["答え"]["最後の日"]
        assert period.arithmetic == case["答え"]["算式"]


@pytest.mark.parametrize("case", of("予約"))
def test_plan_use__answers_as_the_office_would(case: dict[str, Any]) -> None:
    facts, answer = facts_of(case["前提"], TERMS), case["答え"]
    held = [use_of(words, TERMS) for words in case.get("利用ずみ", [])]
    plan = plan_use(
        use_of(case["予約"], TERMS),
        facts=facts,
        grant=standard_grant(facts, TERMS),
        terms=TERMS,
        on=date.fromisoformat(case.get("きょう", "2026-02-01")),
        held=held,
        vaccination_days={date.fromisoformat(day) for day in case.get("予防接種の日", [])},
    )
    assert plan.allowed == yes(answer["予約できる"])
    assert {item.code: item.fact for item in plan.refusals} == answer.get("理由", {})
    assert plan.grantable == yes(answer.get("理由を記録すれば認められる", "いいえ"))
    for pool, left in answer.get("のこり", {}).items():
        assert plan.left_after[pool] == int(left)
    if "料金" in answer:
        assert plan.quote.total == int(answer["料金"])
    if "利用ずみの料金" in answer:
        before = [quote(use, household_class=facts.household_class, terms=TERMS).total for use in held]
        assert total(before) == int(answer["利用ずみの料金"])


@pytest.mark.parametrize("case", of("取り消し"))
def test_cancel__costs_what_the_office_says(case: dict[str, Any]) -> None:
    asked, answer = case["取り消し"], case["答え"]
    consequence = cancel(
        use_of(asked["予約"], TERMS),
        facts=facts_of(case["前提"], TERMS),
        terms=TERMS,
        contact_at=moment(asked["連絡"]),
    )
    assert (consequence.kind is ConsequenceKind.IN_TIME) == yes(answer["まにあう"])
    assert consequence.counted == {pool: int(units) for pool, units in answer["数える"].items()}
    assert consequence.total == int(answer["お金"])
    assert answer.get("期限", consequence.deadline.wording) == consequence.deadline.wording
    assert answer.get("見出し", consequence.headline) == consequence.headline


@pytest.mark.parametrize("case", of("来なかった"))
def test_no_show__costs_what_the_office_says(case: dict[str, Any]) -> None:
    facts, answer = facts_of(case["前提"], TERMS), case["答え"]
    consequence = no_show(use_of(case["来なかった"], TERMS), facts=facts, terms=TERMS)
    assert consequence.counted == {pool: int(units) for pool, units in answer["数える"].items()}
    assert consequence.total == int(answer["お金"])
