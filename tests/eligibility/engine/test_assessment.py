"""Whether a household may use the programme, condition by condition."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Facts, Family, Opens, Proof, Verdict, assess
from tests.eligibility.five import ALL, KAWASAKI, KUMAGAYA, OKAYAMA, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import TERMS, family

ON = date(2026, 3, 10)


def test_assess__is_met_when_every_condition_holds() -> None:
    answer = assess(family(), TERMS, on=ON)
    assert answer.verdict is Verdict.MET
    assert answer.may_apply(ON)
    assert answer.grounds_for_refusal == ()
    assert answer.finding("age").fact == "5月14日(木)まで使えます(1月15日から4か月 → 5月15日の前日)。"
    assert [outlook.verdict for outlook in answer.services] == [Verdict.MET] * len(TERMS.services)
    assert all(outlook.findings == answer.findings for outlook in answer.services)


@pytest.mark.parametrize("municipality", ALL)
def test_assess__is_met_in_each_programme_for_whom_everything_speaks(municipality: str) -> None:
    terms = terms_of(municipality)
    answer = assess(eligible(terms), terms, on=ON)
    assert answer.verdict is Verdict.MET
    assert [outlook.service for outlook in answer.services] == list(terms.services)
    assert len({finding.code for finding in answer.findings}) == len(answer.findings)


@pytest.mark.parametrize("municipality", [KAWASAKI, OKAYAMA])
def test_assess__after_a_loss_calls_the_window_by_no_birth(municipality: str) -> None:
    terms = terms_of(municipality)
    found = assess(eligible(terms, family=Family.BEREAVED), terms, on=ON).finding("application_window")
    assert (found.title, found.fact) == (
        "申請できる時期",
        "1月15日(木)から申請できるようになりました(1月15日から)。",
    )


def test_assess__puts_the_worst_first() -> None:
    answer = assess(family(resident=False, needs_medical_care=None), TERMS, on=ON)
    assert [item.verdict.rank for item in answer.findings] == sorted(item.verdict.rank for item in answer.findings)
    assert answer.findings[0].code == "residence"
    assert answer.findings[-1].verdict.label == "当てはまりません"


# what she tells


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


def test_assess__says_what_she_can_do_where_a_requirement_is_not_met() -> None:
    terms = terms_of(ZUSHI)
    told = {**eligible(terms).told, "infection_symptoms": True}
    health = assess(eligible(terms, told=told), terms, on=ON).finding("health")
    assert (health.verdict, health.overridable) == (Verdict.UNMET, False)
    assert health.fact.endswith("感染症の症状があります。 症状がよくなってから、お使いください。")
    assert "お使いください" not in assess(eligible(terms), terms, on=ON).finding("health").fact


def test_assess__a_requirement_of_one_service_closes_that_service_only() -> None:
    health = next(item for item in TERMS.requirements if item.code == "health")
    of_stay = replace(health, principle=False, services=("short_stay",))
    terms = replace(TERMS, requirements=(of_stay,))
    answer = assess(family(needs_medical_care=True), terms, on=ON)
    assert answer.verdict is Verdict.MET
    assert [outlook.verdict for outlook in answer.services] == [Verdict.UNMET] + [Verdict.MET] * 3
    assert answer.grounds_for_refusal == ()
    assert of_stay.code in {item.code for item in answer.services[0].findings}
    assert of_stay.code not in {item.code for item in answer.services[1].findings}


def test_assess__refuses_for_the_services_when_all_are_closed() -> None:
    health = next(item for item in TERMS.requirements if item.code == "health")
    strict = replace(health, principle=False)
    codes = [service.code for service in TERMS.services]
    split = (replace(strict, code="a", services=tuple(codes[:1])), replace(strict, code="b", services=tuple(codes[1:])))
    answer = assess(family(needs_medical_care=True), replace(TERMS, requirements=split), on=ON)
    assert answer.verdict is Verdict.UNMET
    assert {item.code for item in answer.grounds_for_refusal} == {"a", "b"}


# applying


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


def test_assess__g5_shows_the_word_and_refuses_nobody() -> None:
    terms = terms_of(KUMAGAYA)
    answer = assess(eligible(terms, birth_date=None, due_date=date(2026, 4, 30)), terms, on=date(2026, 1, 5))
    assert answer.may_apply(date(2026, 1, 5))
    assert answer.opens_on is None
    window = answer.finding("application_window")
    assert (window.verdict, window.decides) == (Verdict.ASK, False)
    assert window.fact == "申請できるのは「妊娠後期」です。何日からかは公表されていません。"
    assert answer.verdict is Verdict.MET


def test_assess__says_that_one_may_apply_at_any_time() -> None:
    terms = terms_of(ZUSHI)
    window = assess(eligible(terms), terms, on=ON).finding("application_window")
    assert (window.verdict, window.fact) == (Verdict.MET, "いつでも申請できます。")


def test_assess__waits_for_the_birth_where_applying_opens_with_it() -> None:
    terms = replace(TERMS, application=replace(TERMS.application, opens=Opens.AT_BIRTH))
    expecting = assess(family(birth_date=None, due_date=date(2026, 4, 30)), terms, on=ON)
    window = expecting.finding("application_window")
    assert (window.verdict, window.fact) == (Verdict.UNMET, "生まれた日から申請できます。")
    assert not expecting.may_apply(ON)
    nothing_told = assess(family(birth_date=None), terms, on=ON)
    assert nothing_told.finding("application_window").verdict is Verdict.ASK


def test_assess__asks_for_a_day_when_none_is_known() -> None:
    answer = assess(Facts(), TERMS, on=ON)
    assert answer.verdict is Verdict.ASK
    assert answer.opens_on is None
    assert not answer.may_apply(ON)
    assert {answer.finding(code).verdict for code in ("age", "application_window", "residence")} == {Verdict.ASK}


# the class, which has no say in whether she may use it


def test_assess__prices_the_class_by_its_proof() -> None:
    def priced(proofs: frozenset[Proof] | None) -> tuple[Verdict, str, str]:
        answer = assess(family(household_class="tax_exempt", proofs=proofs), TERMS, on=ON)
        return answer.finding("household_class").verdict, answer.household_class, answer.services[0].price.text

    assert priced(None) == (Verdict.ASK, "tax_exempt", "0円")
    assert priced(frozenset({Proof("tax_exemption_certificate")})) == (Verdict.MET, "tax_exempt", "0円")
    assert priced(frozenset()) == (Verdict.UNMET, "general", "1泊 5,000円")
    assert assess(family(), TERMS, on=ON).finding("household_class").verdict is Verdict.NOT_APPLICABLE


def test_assess__never_refuses_for_a_missing_proof() -> None:
    answer = assess(family(household_class="public_assistance", proofs=frozenset()), TERMS, on=ON)
    assert answer.verdict is Verdict.MET
    assert answer.grounds_for_refusal == ()


# each finding with its source


def test_assessment__knows_no_other_finding() -> None:
    with pytest.raises(KeyError):
        assess(family(), TERMS, on=ON).finding("weather")


@pytest.mark.parametrize("municipality", ALL)
def test_findings__quote_the_page(municipality: str) -> None:
    terms = terms_of(municipality)
    for finding in assess(eligible(terms), terms, on=ON).findings:
        assert finding.source.text
        assert finding.source.document == terms.application.source.document


def test_findings__of_the_services_are_told_apart_only_where_they_differ() -> None:
    stay, *others = assess(eligible(terms_of(KAWASAKI)), terms_of(KAWASAKI), on=ON).services
    assert "age_4" in {item.code for item in stay.findings}
    assert not any("age_4" in {item.code for item in outlook.findings} for outlook in others)
    assert all(not item.services for item in assess(eligible(terms_of(OKAYAMA)), terms_of(OKAYAMA), on=ON).findings)
