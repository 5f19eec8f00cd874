"""Which household class holds on a day of use, and which certificate it asks for.

A class counts as far as its proof does. Without it the programme's first class holds, and a finding says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from eligibility.engine.classes import Band, Document, HouseholdClass, ProofRule, ProofWorks
from eligibility.engine.dates import APRIL, fiscal_year
from eligibility.engine.facts import Facts, Proof
from eligibility.engine.terms import Terms
from eligibility.engine.values import Finding, Verdict
from eligibility.engine.wording import fiscal_year_text, month_day, month_days


@dataclass(frozen=True, slots=True)
class Certificate:
    """What shows a class for a day: any one of the documents, of the fiscal year if one is named."""

    documents: tuple[Document, ...]
    fiscal_year: int | None

    @property
    def label(self) -> str:
        """令和8年度の市民税非課税証明書"""
        names = "か".join(document.label for document in self.documents)
        return names if self.fiscal_year is None else f"{fiscal_year_text(self.fiscal_year)}の{names}"


class Shortfall(NamedTuple):
    """Why a class that she names does not hold."""

    named: HouseholdClass
    rule: ProofRule
    certificate: Certificate
    since: date | None
    """The day a proof came in that works only from then on."""


def effective_class(facts: Facts, terms: Terms, *, on: date) -> HouseholdClass:
    """The class that sets the price of a use on a day.

    Before anybody could hand in a proof (`proofs` None), the class she names is taken at its word.
    """
    return held_on(on, facts, terms, on)[0]


def class_named(code: str, terms: Terms) -> HouseholdClass:
    """The class with this code; the programme's first where none is named."""
    return terms.household_class(code) if code else terms.classes[0]


def class_label(code: str, terms: Terms) -> str:
    return class_named(code, terms).label


def certificate_for(household: HouseholdClass, day: date) -> Certificate | None:
    """What shows the class for a use on a day; None where it needs no proof."""
    rule = household.proof
    return None if rule is None else Certificate(rule.documents, _fiscal_year(rule, day))


def held_on(day: date, facts: Facts, terms: Terms, first_day: date) -> tuple[HouseholdClass, Shortfall | None]:
    """The class that holds on a day of the use that begins on `first_day`, and why not the one that is named."""
    named = _named(day, facts, terms)
    rule = named.proof
    if rule is None or facts.proofs is None:
        return named, None
    certificate = Certificate(rule.documents, _fiscal_year(rule, day))
    fitting = [proof for proof in facts.proofs if _fits(proof, certificate)]
    if any(_in_time(proof, rule, first_day) for proof in fitting):
        return named, None
    since = min((proof.since for proof in fitting if proof.since), default=None)
    return terms.classes[0], Shortfall(named, rule, certificate, since)


def shortfall_findings(days: Iterable[tuple[date, Shortfall]], terms: Terms) -> tuple[Finding, ...]:
    """One finding for each certificate that is missing, with the days of use that need it."""
    needing: dict[tuple[str, int | None], list[date]] = {}
    reasons: dict[tuple[str, int | None], Shortfall] = {}
    for day, shortfall in days:
        key = (shortfall.named.code, shortfall.certificate.fiscal_year)
        needing.setdefault(key, []).append(day)
        reasons[key] = shortfall
    return tuple(_finding(reasons[key], month_days(found[0], found[-1]), terms) for key, found in needing.items())


def _named(day: date, facts: Facts, terms: Terms) -> HouseholdClass:
    """The class she names, or the first where this version has given it up; among bands of income that of her income,
    if it is known.
    """
    code = facts.class_on(day)
    named = next((household for household in terms.classes if household.code == code), terms.classes[0])
    if facts.income is None or (named.income is None and named is not terms.classes[0]):
        return named
    return next((household for household, band in _bands(terms) if band.holds(facts.income)), named)


@lru_cache(maxsize=256)
def _bands(terms: Terms) -> tuple[tuple[HouseholdClass, Band], ...]:
    return tuple((household, household.income) for household in terms.classes if household.income)


def _fiscal_year(rule: ProofRule, day: date) -> int | None:
    """The fiscal year of the use, or the one before in the months from April up to the one the rule names."""
    if rule.fiscal_year_from_month is None:
        return None
    year = fiscal_year(day)
    return year - 1 if APRIL <= day.month < rule.fiscal_year_from_month else year


def _fits(proof: Proof, certificate: Certificate) -> bool:
    """A consent is of no year: the office looks up each that it needs."""
    return any(
        proof.document == document.code and (document.consent or certificate.fiscal_year in (None, proof.fiscal_year))
        for document in certificate.documents
    )


def _in_time(proof: Proof, rule: ProofRule, first_day: date) -> bool:
    return rule.works is ProofWorks.ALWAYS or proof.since is None or proof.since <= first_day


def _finding(shortfall: Shortfall, days: str, terms: Terms) -> Finding:
    needed, standing = shortfall.certificate.label, terms.classes[0].label
    if shortfall.since is None:
        fact = f"{days}の利用には、{needed}が必要です。そろうまでの料金は「{standing}」です。"
    else:
        since = month_day(shortfall.since)
        fact = f"{days}の利用は、{needed}が出された{since}より前に始まるので、料金は「{standing}」です。"
    title = f"{shortfall.named.label}の証明"
    return Finding("certificate", Verdict.UNMET, title, fact, shortfall.rule.source, decides=False)
