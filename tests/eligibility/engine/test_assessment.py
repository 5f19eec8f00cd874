"""Whether a household may use the programme, condition by condition."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Facts, Verdict, assess
from tests.eligibility.kodaira import TERMS, family

ON = date(2026, 3, 10)


def test_assess__is_met_when_every_condition_holds() -> None:
    answer = assess(family(), TERMS, on=ON)
    assert answer.verdict is Verdict.MET
    assert answer.may_apply(ON)
    assert answer.grounds_for_refusal == ()
    assert answer.finding("age").fact == "5月14日(木)まで使えます(1月15日から4か月 → 5月15日の前日)。"


def test_assess__puts_the_worst_first() -> None:
    answer = assess(family(resident=False, needs_medical_care=None), TERMS, on=ON)
    assert [item.verdict.rank for item in answer.findings] == sorted(item.verdict.rank for item in answer.findings)
    assert answer.findings[0].code == "residence"
    assert answer.findings[-1].verdict.label == "当てはまりません"


def test_assess__needs_one_of_the_circumstances() -> None:
    assert assess(family(lacks_support=False, unwell_or_anxious=True), TERMS, on=ON).verdict is Verdict.MET
    without = assess(family(lacks_support=False), TERMS, on=ON)
    assert without.verdict is Verdict.UNMET
    assert [item.code for item in without.grounds_for_refusal] == ["need"]
    assert (
        without.finding("need").fact == "家族などからの支援は足りています。 体調不良や、授乳・育児の不安はありません。"
    )


def test_assess__asks_what_was_not_asked_yet() -> None:
    open_answer = assess(family(lacks_support=None), TERMS, on=ON).finding("need")
    assert open_answer.verdict is Verdict.ASK
    assert "(まだわかりません)" in open_answer.fact
    assert assess(family(lacks_support=None, unwell_or_anxious=True), TERMS, on=ON).verdict is Verdict.MET


@pytest.mark.parametrize("condition", ["fever_or_infection", "needs_medical_care"])
def test_assess__asks_the_centre_where_the_rule_says_in_principle(condition: str) -> None:
    answer = assess(family(**{condition: True}), TERMS, on=ON)
    health = answer.finding("health")
    assert answer.verdict is Verdict.ASK
    assert health.overridable
    assert answer.grounds_for_refusal == (health,)


def test_assess__ends_on_the_last_day() -> None:
    assert assess(family(), TERMS, on=date(2026, 5, 14)).verdict is Verdict.MET
    late = assess(family(), TERMS, on=date(2026, 5, 15)).finding("age")
    assert late.verdict is Verdict.UNMET
    assert late.fact == "使える最後の日は5月14日(木)でした(1月15日から4か月 → 5月15日の前日)。"


def test_assess__names_the_year_of_a_day_in_another_year() -> None:
    age = assess(family(birth_date=date(2026, 11, 1)), TERMS, on=date(2026, 12, 1)).finding("age")
    assert age.fact == "令和9年2月28日(日)まで使えます(11月1日から4か月 → 3月1日の前日)。"
    past = assess(family(birth_date=date(2019, 1, 15)), TERMS, on=ON).finding("age")
    assert past.fact.startswith("使える最後の日は2019年5月14日(火)でした")


def test_assess__judges_each_age_limit_of_its_own() -> None:
    longer = replace(TERMS.service("day_service"), age_limit=replace(TERMS.services[0].age_limit, months=12))
    terms = replace(TERMS, services=(TERMS.services[0], longer))
    answer = assess(family(), terms, on=date(2026, 6, 1))
    assert (answer.finding("age_4").verdict, answer.finding("age_12").verdict) == (Verdict.UNMET, Verdict.MET)


def test_assess__opens_before_birth_and_says_from_when() -> None:
    expecting = family(birth_date=None, due_date=date(2026, 4, 30))
    early = assess(expecting, TERMS, on=date(2026, 3, 4))
    assert early.verdict is Verdict.MET  # she may use it, only not apply yet
    assert not early.may_apply(date(2026, 3, 4))
    assert early.opens_on == date(2026, 3, 5)
    window = early.finding("application_window")
    assert (window.verdict, window.decides) == (Verdict.UNMET, False)
    assert window.fact == "3月5日(木)から申請できます(予定日 4月30日の56日前(32週0日))。"
    assert early.finding("age").fact.startswith("予定日どおりに生まれると、8月29日(土)まで使えます")
    assert assess(expecting, TERMS, on=date(2026, 3, 5)).may_apply(date(2026, 3, 5))


def test_assess__asks_for_the_birth_long_after_the_due_date() -> None:
    age = assess(family(birth_date=None, due_date=date(2025, 10, 1)), TERMS, on=ON).finding("age")
    assert age.verdict is Verdict.ASK
    assert age.fact.endswith("生まれた日を教えてください。")


def test_assess__asks_for_a_day_when_none_is_known() -> None:
    answer = assess(Facts(), TERMS, on=ON)
    assert answer.verdict is Verdict.ASK
    assert answer.opens_on is None
    assert not answer.may_apply(ON)
    assert {answer.finding(code).verdict for code in ("age", "application_window", "residence")} == {Verdict.ASK}


def test_assess__prices_the_class_by_its_proof() -> None:
    def priced(proofs: frozenset[str] | None) -> tuple[Verdict, str, str]:
        answer = assess(family(household_class="tax_exempt", proofs=proofs), TERMS, on=ON)
        return answer.finding("household_class").verdict, answer.household_class, answer.services[0].price.text

    assert priced(None) == (Verdict.ASK, "tax_exempt", "0円")
    assert priced(frozenset({"tax_exemption_certificate"})) == (Verdict.MET, "tax_exempt", "0円")
    assert priced(frozenset()) == (Verdict.UNMET, "general", "1泊 5,000円")
    assert assess(family(), TERMS, on=ON).finding("household_class").verdict is Verdict.NOT_APPLICABLE


def test_assess__never_refuses_for_a_missing_proof() -> None:
    answer = assess(family(household_class="public_assistance", proofs=frozenset()), TERMS, on=ON)
    assert answer.verdict is Verdict.MET
    assert answer.grounds_for_refusal == ()


def test_assessment__knows_no_other_finding() -> None:
    with pytest.raises(KeyError):
        assess(family(), TERMS, on=ON).finding("weather")


def test_findings__quote_the_page() -> None:
    for finding in assess(family(), TERMS, on=ON).findings:
        assert finding.source.text
        assert finding.source.document == "小平市「産後ケア事業」のページ(令和6年8月23日更新)"
