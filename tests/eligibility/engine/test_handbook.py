"""Coupons that come with the 母子健康手帳. What it means on each day is a worked case of Zushi's file."""

from datetime import date

import pytest

from eligibility.engine import HANDBOOK, Facts, Family, Verdict, assess, handbook_findings, holds_coupons
from tests.eligibility.five import ALL, ZUSHI, eligible, terms_of

THAT_DAY, BEFORE = date(2026, 4, 1), date(2026, 3, 31)


def test_awaited__says_nothing_about_a_handbook_that_may_come_before_the_day() -> None:
    terms, awaiting = terms_of(ZUSHI), Facts(due_date=date(2026, 12, 1), handbook_awaited=True)

    verdicts = [handbook_findings(awaiting, terms, on=on)[0].verdict for on in (BEFORE, THAT_DAY)]

    assert verdicts == [Verdict.ASK, Verdict.NOT_APPLICABLE]


@pytest.mark.parametrize("handbook_on", [None, BEFORE, THAT_DAY])
def test_handbook__never_decides_whether_she_may_use_it(handbook_on: date | None) -> None:
    terms = terms_of(ZUSHI)

    found = assess(eligible(terms, handbook_on=handbook_on), terms, on=date(2026, 4, 10))

    assert found.verdict is Verdict.MET
    assert found.grounds_for_refusal == ()
    assert found.finding(HANDBOOK).source == terms.application.handbook.source  # type: ignore[union-attr]


@pytest.mark.parametrize("municipality", ALL)
def test_handbook__is_no_matter_after_a_loss_nor_where_no_rule_says_so(municipality: str) -> None:
    terms = terms_of(municipality)
    family = Family.BEREAVED if municipality == ZUSHI else Family.MOTHER

    assert handbook_findings(Facts(family=family, handbook_on=THAT_DAY), terms, on=THAT_DAY) == []


@pytest.mark.parametrize(("handbook_on", "held"), [(None, False), (BEFORE, False), (THAT_DAY, True)])
def test_coupons__are_in_her_hands_from_the_day_on_which_they_came_with_the_handbook(
    handbook_on: date | None, held: bool
) -> None:
    facts = Facts(handbook_on=handbook_on)

    assert holds_coupons(facts, terms_of(ZUSHI)) is held
    assert not any(holds_coupons(facts, terms_of(other)) for other in ALL if other != ZUSHI)
