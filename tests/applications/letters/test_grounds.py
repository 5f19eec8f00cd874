"""The draft for the decider: facts, rule, proposal; pure."""

import datetime as dt
from typing import Any

from applications.letters.grounds import draft_grounds
from eligibility.engine import Facts, assess
from tests.eligibility.five import KODAIRA, terms_of

TERMS = terms_of(KODAIRA)
ON = dt.date(2026, 3, 9)
FINE = {"resident": True, "lacks_support": True, "unwell_or_anxious": True, "fever_or_infection": False}


def drafted(told: dict[str, Any], **circumstances: bool) -> str:
    said = {**FINE, "needs_medical_care": False, **circumstances}
    facts = Facts(due_date=dt.date(2026, 4, 30), told=said)
    wished = ["short_stay", "midwife_visit"]
    return draft_grounds(TERMS.screening, {**said, **told}, assess(facts, TERMS, on=ON), TERMS, wished=wished)


def test_draft__names_facts_then_rules_then_what_is_open() -> None:
    text = drafted({"call_helpers": "none", "call_illness": "甲状腺の薬"})
    facts, rules, proposal = text.split("\n\n")
    assert facts.startswith("【聞いたこと】\n・手伝ってくれる人は、どのくらい来られますか: ほとんどない")
    assert "甲状腺の薬" in facts
    assert "・家族などからの支援が十分ではありません。" in rules
    assert "満たす" in rules
    assert "希望: 宿泊型、助産師による訪問" in proposal
    assert "原則より増やすとき(宿泊型の日数、宿泊型の泊数、日帰り型)の理由の案" in proposal
    assert "ほとんどない。" in proposal


def test_draft__begins_with_what_is_urgent() -> None:
    assert drafted({"call_epds": 9}).startswith("【急ぐこと】\n・EPDS")


def test_draft__proposes_nothing_where_the_rules_refuse() -> None:
    text = drafted({}, resident=False)
    assert "使えない理由があります。" in text
    assert "希望:" not in text


def test_draft__says_nothing_of_what_was_not_asked() -> None:
    assert "【聞いたこと】" not in drafted({})
