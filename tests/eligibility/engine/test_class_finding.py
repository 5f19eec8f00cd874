"""What a household's class spares it, and the certificate that it rests on."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Entered, Finding, HeldClass, Place, Proof, Terms, Verdict, Yen, assess
from tests.eligibility.five import KAWASAKI, KUMAGAYA, OKAYAMA, ZUSHI, eligible, terms_of
from tests.eligibility.kodaira import TERMS, family

ON = date(2026, 3, 10)
CERTIFICATE = "tax_exemption_certificate"


def spared(terms: Terms, code: str, on: date = ON, **known: object) -> Finding:
    facts = eligible(terms, household_class=code, **known)
    return assess(facts, terms, on=on).finding("household_class")


# Kodaira: exempt with the certificate


@pytest.mark.parametrize(
    ("proofs", "verdict", "fact"),
    [
        (None, Verdict.ASK, "申請のときに世帯全員分の非課税証明書を添えると、利用者負担額は0円です。"),
        (
            {"tax_exemption_certificate"},
            Verdict.MET,
            "世帯全員分の非課税証明書がそろっています。利用者負担額は0円です。",
        ),
        (set(), Verdict.UNMET, "世帯全員分の非課税証明書がそろっていません。そろうまでの料金は「一般」です。"),
    ],
)
def test_class__that_is_exempt_rests_on_its_certificate(proofs: set[str] | None, verdict: Verdict, fact: str) -> None:
    held = None if proofs is None else frozenset(map(Proof, proofs))
    found = spared(TERMS, "tax_exempt", proofs=held)
    assert (found.verdict, found.fact, found.decides) == (verdict, fact, False)
    assert found.title == "住民税非課税世帯(均等割)の免除"
    assert "利用者負担額を免除できます" in found.source.text


@pytest.mark.parametrize("code", ["", "general"])
def test_class__that_is_spared_nothing_is_named_only(code: str) -> None:
    found = spared(TERMS, code)
    assert (found.verdict, found.title) == (Verdict.NOT_APPLICABLE, "利用者負担額の免除")
    assert found.fact == "世帯の区分は「一般」です。"


def test_class__is_not_told_where_the_page_says_of_nobody_that_anything_is_taken_off() -> None:
    terms = terms_of(OKAYAMA)
    answer = assess(eligible(terms), terms, on=ON)
    assert "household_class" not in {finding.code for finding in answer.findings}
    assert answer.household_class == "general"


def test_class__is_that_of_the_day_of_use() -> None:
    classes = (HeldClass("tax_exempt", starts=date(2026, 4, 1)),)
    assert spared(TERMS, "general", classes=classes).verdict is Verdict.NOT_APPLICABLE
    assert spared(TERMS, "general", on=date(2026, 4, 1), classes=classes).verdict is Verdict.ASK
    expecting = family(birth_date=None, due_date=date(2026, 4, 30), household_class="general", classes=classes)
    assert assess(expecting, TERMS, on=ON).household_class == "tax_exempt"


# Kawasaki: fixed prices, the first five, the certificate of the fiscal year


def test_class__has_fixed_prices_with_the_certificate_of_the_year_of_use() -> None:
    terms = terms_of(KAWASAKI)
    found = spared(terms, "tax_exempt")
    assert found.title == "市民税非課税世帯の減免"
    assert found.fact == (
        "申請のときに令和7年度の非課税証明書を添えると、"
        "料金は宿泊型・日帰りロング型が1日 2,500円、日帰りショート型・訪問型が0円です。"
        "7月1日からの利用には、令和8年度のものが必要です。"
    )


@pytest.mark.parametrize(("on", "year"), [(date(2026, 6, 30), "令和7年度"), (date(2026, 7, 1), "令和8年度")])
def test_class__w5_names_the_certificate_of_the_fiscal_year(on: date, year: str) -> None:
    found = spared(terms_of(KAWASAKI), "tax_exempt", on, proofs=frozenset())
    assert found.verdict is Verdict.UNMET
    assert found.fact == f"{year}の非課税証明書がそろっていません。そろうまでの料金は「一般」です。"


def test_class__does_not_ask_for_a_later_certificate_that_is_in_or_not_needed() -> None:
    terms = terms_of(KAWASAKI)
    both = frozenset(Proof(CERTIFICATE, year) for year in (2025, 2026))
    one = frozenset(proof for proof in both if proof.fiscal_year == 2025)
    later = "7月1日からの利用には、令和8年度のものが必要です。"
    assert later in spared(terms, "tax_exempt", proofs=one).fact
    assert later not in spared(terms, "tax_exempt", proofs=both).fact
    soon_over = spared(terms, "tax_exempt", birth_date=date(2025, 5, 1))
    assert "からの利用には" not in soon_over.fact
    assert "からの利用には" not in spared(terms, "tax_exempt", birth_date=None).fact
    assert "令和9年7月1日" not in spared(terms, "tax_exempt", on=date(2026, 12, 1), birth_date=date(2026, 11, 1)).fact


def test_class__without_a_proof_may_be_spared_something_too() -> None:
    found = spared(terms_of(KAWASAKI), "general")
    assert (found.verdict, found.title) == (Verdict.MET, "一般の減免")
    assert found.fact.startswith("世帯の区分は「一般」です。料金は宿泊型・日帰りロング型が1日 5,000円")


# amounts that are not published


def test_class__with_an_unpublished_price_says_so_in_the_file_s_words() -> None:
    assert spared(terms_of(KUMAGAYA), "tax_exempt").fact == (
        "申請のときに市民税非課税証明書か市役所の関係部署等への照会についての世帯全員の同意を添えると、"
        "料金が軽くなります。軽減後の額は、母子健康センターが決めます。"
    )
    assert spared(terms_of(ZUSHI), "tax_exempt").fact == (
        "利用する前に自己負担金減免申請を出すと、料金が軽くなります。減免後の額は、子育て支援課が決めます。"
    )


def test_class__tells_what_was_entered_for_a_facility() -> None:
    terms = terms_of(KUMAGAYA)
    place = Place("見本助産院", entered=(Entered("reduction.reduced_day", Yen(1_500)),))
    facts = eligible(terms, household_class="tax_exempt", proofs=frozenset({Proof("inquiry_consent")}))
    answer = assess(facts, terms, on=ON, place=place)
    found = answer.finding("household_class")
    assert found.verdict is Verdict.MET
    assert "料金は通所型が1日 1,500円です。軽減後の額は、母子健康センターが決めます(宿泊型)。" in found.fact
    assert [outlook.price.amount == 1_500 for outlook in answer.services] == [False, True]


def test_class__named_with_a_proof_but_spared_nothing_quotes_the_rule_of_applying() -> None:
    terms = replace(TERMS, reductions=())
    held = frozenset({Proof(CERTIFICATE)})
    assert spared(terms, "tax_exempt", proofs=held).source == terms.application.source
