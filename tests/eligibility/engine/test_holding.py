"""The class of a day of use, and the certificate that it rests on."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    Band,
    Facts,
    Finding,
    HeldClass,
    HouseholdClass,
    Proof,
    ProofRule,
    ProofWorks,
    Terms,
    Verdict,
    certificate_for,
    class_label,
    effective_class,
    fiscal_year,
)
from eligibility.engine.holding import held_on, shortfall_findings
from eligibility.engine.wording import fiscal_year_text, month_days
from tests.eligibility.kodaira import TERMS, family

DOCUMENT = TERMS.documents[1]
RULE = ProofRule((DOCUMENT,), ProofWorks.ALWAYS, DOCUMENT.source)
JUNE, JULY = date(2026, 6, 30), date(2026, 7, 1)


def of_the_year() -> Terms:
    """The certificate must be of the fiscal year of the use, in April, May and June of the one before."""
    return with_proof(replace(RULE, fiscal_year_from_month=7))


def with_proof(rule: ProofRule | None) -> Terms:
    named = HouseholdClass("tax_exempt", "非課税世帯", "非課税の世帯", rule)
    return replace(TERMS, classes=(TERMS.classes[0], named))


def exempt(*proofs: Proof, **known: object) -> Facts:
    return family(household_class="tax_exempt", proofs=frozenset(proofs), **known)


def proof(fiscal_year: int | None = None, since: date | None = None, document: str = DOCUMENT.code) -> Proof:
    return Proof(document, fiscal_year, since)


def class_for(day: date, facts: Facts, terms: Terms, first_day: date | None = None) -> str:
    """The code of the class on a day of a use that begins on that day or before."""
    return held_on(day, facts, terms, first_day or day)[0].code


def missing(day: date, facts: Facts, terms: Terms) -> tuple[Finding, ...]:
    """What a use of one day says of the certificate it lacks."""
    shortfall = held_on(day, facts, terms, day)[1]
    return shortfall_findings([(day, shortfall)], terms) if shortfall else ()


def test_effective_class__is_the_first_where_none_is_named() -> None:
    assert effective_class(family(), TERMS, on=JUNE).code == "general"
    assert class_label("", TERMS) == "一般"
    assert class_label("tax_exempt", TERMS) == "住民税非課税世帯(均等割)"


def test_effective_class__is_the_first_where_a_later_version_has_given_up_hers() -> None:
    fewer = replace(TERMS, classes=TERMS.classes[:1])

    assert effective_class(exempt(proof()), fewer, on=JUNE) is fewer.classes[0]


def test_effective_class__takes_her_at_her_word_until_proofs_can_be_handed_in() -> None:
    assert effective_class(family(household_class="tax_exempt"), TERMS, on=JUNE).code == "tax_exempt"
    assert effective_class(exempt(), TERMS, on=JUNE).code == "general"
    assert effective_class(exempt(), with_proof(None), on=JUNE).code == "tax_exempt"


def test_class_for__names_what_is_missing() -> None:
    without = exempt(proof(document="other"))
    (finding,) = missing(JULY, without, with_proof(RULE))
    assert class_for(JULY, without, with_proof(RULE)) == "general"
    assert (finding.code, finding.verdict, finding.decides) == ("certificate", Verdict.UNMET, False)
    assert finding.fact == ("7月1日の利用には、世帯全員分の非課税証明書が必要です。そろうまでの料金は「一般」です。")
    assert missing(JULY, exempt(proof()), with_proof(RULE)) == ()


@pytest.mark.parametrize("day", [JUNE, JULY])
def test_class_for__a_consent_holds_for_every_fiscal_year(day: date) -> None:
    consent = replace(TERMS.documents[0], code="inquiry", consent=True)
    terms = with_proof(replace(RULE, documents=(DOCUMENT, consent), fiscal_year_from_month=7))
    assert class_for(day, exempt(proof(document="inquiry")), terms) == "tax_exempt"
    assert class_for(day, exempt(proof()), terms) == "general"


def test_class_for__any_of_the_documents_will_do() -> None:
    terms = with_proof(replace(RULE, documents=(TERMS.documents[0], DOCUMENT)))
    assert class_for(JULY, exempt(proof()), terms) == "tax_exempt"
    assert "利用申請書か世帯全員分" in missing(JULY, exempt(), terms)[0].fact


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 31), 2025),
        (date(2026, 4, 1), 2025),
        (JUNE, 2025),
        (JULY, 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_certificate_for__is_of_the_fiscal_year_of_the_use(day: date, year: int) -> None:
    terms = of_the_year()
    certificate = certificate_for(terms.household_class("tax_exempt"), day)
    assert certificate is not None
    assert certificate.fiscal_year == year
    assert class_for(day, exempt(proof(year)), terms) == "tax_exempt"
    assert class_for(day, exempt(proof(year + 1), proof(year - 1)), terms) == "general"


def test_certificate_for__of_a_class_without_proof_is_none() -> None:
    assert certificate_for(TERMS.classes[0], JULY) is None
    kodaira = certificate_for(TERMS.household_class("tax_exempt"), JULY)
    assert kodaira is not None
    assert (kodaira.fiscal_year, kodaira.label) == (None, "世帯全員分の非課税証明書")


def test_class_for__names_the_year_of_the_certificate() -> None:
    (finding,) = missing(JULY, exempt(proof(2025)), of_the_year())
    assert finding.fact.startswith("7月1日の利用には、令和8年度の世帯全員分の非課税証明書が必要です。")


def test_class_for__works_from_the_day_of_handing_in() -> None:
    terms = with_proof(replace(RULE, works=ProofWorks.FROM_HANDING_IN))
    asked = exempt(proof(since=JULY))
    assert class_for(JULY, asked, terms) == "tax_exempt"
    assert class_for(JUNE, exempt(proof()), terms) == "tax_exempt"
    assert class_for(JUNE, asked, terms) == "general"
    assert missing(JUNE, asked, terms)[0].fact == (
        "6月30日の利用は、世帯全員分の非課税証明書が出された7月1日より前に始まるので、料金は「一般」です。"
    )
    assert class_for(JULY, asked, terms, JUNE) == "general"
    assert class_for(JUNE, asked, with_proof(RULE)) == "tax_exempt"


def test_class_for__follows_dated_classes() -> None:
    household = family(classes=(HeldClass("tax_exempt", JULY, None), HeldClass("general", date(2026, 8, 1), None)))
    held = [class_for(day, household, TERMS) for day in (JUNE, JULY, date(2026, 8, 1))]
    assert held == ["general", "tax_exempt", "general"]


@pytest.mark.parametrize(
    ("named", "income", "expected"),
    [
        ("", None, "general"),
        ("", 2_999_999, "low"),
        ("", 3_000_000, "general"),
        ("low", 5_000_000, "general"),
        ("low", None, "low"),
        ("tax_exempt", 2_000_000, "tax_exempt"),
    ],
)
def test_class_for__is_that_of_the_income_where_classes_are_bands(
    named: str, income: int | None, expected: str
) -> None:
    low = HouseholdClass("low", "所得の少ない世帯", "300万円まで", None, Band(None, 3_000_000))
    general = replace(TERMS.classes[0], income=Band(3_000_000, None))
    terms = replace(TERMS, classes=(general, low, *TERMS.classes[1:]))
    household = family(household_class=named, income=income)
    assert class_for(JULY, household, terms) == expected


def test_class_for__knows_no_bands_where_there_are_none() -> None:
    assert class_for(JULY, family(income=1_000_000), TERMS) == "general"


def test_fiscal_year__begins_in_april() -> None:
    assert (fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))) == (2025, 2026)
    assert [fiscal_year_text(year) for year in (2018, 2019, 2020)] == ["2018年度", "令和元年度", "令和2年度"]
    assert fiscal_year_text(2028) == "令和10年度"


def test_month_days__names_the_month_once() -> None:
    assert month_days(JUNE, JUNE) == "6月30日"
    assert month_days(JUNE, JULY) == "6月30日〜7月1日"
    assert month_days(JULY, date(2026, 7, 3)) == "7月1日〜3日"
