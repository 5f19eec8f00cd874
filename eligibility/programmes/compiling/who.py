"""From the validated file to the rules on who may use it, until when, and how one applies."""

from collections.abc import Mapping

from eligibility.engine import (
    AgeLimit,
    ApplicationRule,
    AskBeyond,
    Band,
    Circumstance,
    Document,
    FamilyRule,
    HandbookRule,
    HouseholdClass,
    Lead,
    ProofRule,
    Requirement,
)
from eligibility.programmes.compiling.sources import SourceOf
from eligibility.programmes.schema import who as schema


def requirement(
    entry: schema.RequirementEntry, circumstances: Mapping[str, schema.CircumstanceEntry], source_of: SourceOf
) -> Requirement:
    codes = entry.any_of or entry.none_of
    return Requirement(
        code=entry.code,
        title=entry.title,
        circumstances=tuple(_circumstance(code, circumstances[code]) for code in codes),
        expects=bool(entry.any_of),
        principle=entry.principle,
        source=source_of(entry),
        services=entry.services,
        otherwise=entry.otherwise,
    )


def _circumstance(code: str, entry: schema.CircumstanceEntry) -> Circumstance:
    return Circumstance(code, entry.question, entry.if_yes, entry.if_no, entry.purpose)


def family_rule(entry: schema.FamiliesEntry, source_of: SourceOf) -> FamilyRule:
    return FamilyRule(frozenset(entry.open_to), frozenset(entry.ask), source_of(entry))


def age_limit(entry: schema.AgeLimitEntry, source_of: SourceOf) -> AgeLimit:
    return AgeLimit(
        number=entry.under,
        unit=entry.unit,
        title=entry.title,
        source=source_of(entry),
        inclusive=entry.inclusive,
        tested_on=entry.tested_on,
        counted_from=entry.counted_from,
        corrected_up_to=entry.corrected_up_to or (0, 0),
        correction=source_of(entry.correction) if entry.correction else None,
    )


def ask_beyond(entry: schema.AskBeyondEntry, within: AgeLimit, source_of: SourceOf) -> AskBeyond:
    """The age from which one asks; counted as the service's own age limit `within` is."""
    limit = AgeLimit(
        number=entry.under,
        unit=entry.unit,
        title=entry.title,
        source=source_of(entry),
        tested_on=within.tested_on,
        counted_from=within.counted_from,
        corrected_up_to=within.corrected_up_to,
        correction=within.correction,
    )
    return AskBeyond(limit, entry.answer)


def lead(entry: schema.LeadEntry | None, source_of: SourceOf) -> Lead | None:
    return Lead(entry.days, entry.working, source_of(entry)) if entry else None


def application_rule(entry: schema.ApplicationEntry, source_of: SourceOf) -> ApplicationRule:
    return ApplicationRule(
        title=entry.title,
        opens=entry.opens,
        source=source_of(entry),
        weeks=entry.weeks or 0,
        days=entry.days or 0,
        months=entry.months or 0,
        words=entry.words,
        lead=lead(entry.lead, source_of),
        takes=lead(entry.takes, source_of),
        handbook=_handbook(entry.handbook, source_of) if entry.handbook else None,
    )


def _handbook(entry: schema.HandbookEntry, source_of: SourceOf) -> HandbookRule:
    return HandbookRule(entry.coupons_from, entry.missing, source_of(entry))


def document(entry: schema.DocumentEntry, source_of: SourceOf) -> Document:
    return Document(
        code=entry.code,
        label=entry.label,
        needed_when=entry.needed_when,
        per_member=entry.per_member,
        paper_only=entry.paper_only,
        source=source_of(entry),
        consent=entry.consent,
    )


def household_class(entry: schema.ClassEntry, documents: Mapping[str, Document], source_of: SourceOf) -> HouseholdClass:
    return HouseholdClass(
        code=entry.code,
        label=entry.label,
        choice=entry.choice,
        proof=_proof(entry.proof, documents, source_of) if entry.proof else None,
        income=Band(entry.income.at_least, entry.income.under) if entry.income else None,
    )


def _proof(entry: schema.ProofEntry, documents: Mapping[str, Document], source_of: SourceOf) -> ProofRule:
    return ProofRule(
        documents=tuple(documents[code] for code in entry.any_of),
        works=entry.works,
        source=source_of(entry),
        fiscal_year_from_month=entry.fiscal_year_from_month,
    )
