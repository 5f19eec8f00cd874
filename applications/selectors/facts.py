"""What is known about a household, as the rules want to see it: what she wrote, and what she said on the phone."""

import dataclasses
import datetime as dt
from typing import Any

from applications.models import Application, Birth, Hearing, HouseholdClass
from eligibility import engine

from .answers import CIRCUMSTANCES, circumstances
from .handed_in import handed_in
from .proofs import complete_proofs


def facts_of(birth: Birth, *, on: dt.date) -> engine.Facts:
    """The facts of a birth on a day, with the household's class of that day and only such proof as was accepted."""
    latest = (
        Application.objects.filter(birth=birth)
        .exclude(status=Application.Status.DRAFT)
        .order_by("submitted_at", "pk")
        .last()
    )
    return _facts(birth, latest, on)


def facts_under_review(application: Application, *, on: dt.date) -> engine.Facts:
    """The facts a decision rests on: of the birth, with every certificate that is complete, accepted or not yet."""
    given = handed_in(application)
    facts = _facts(given.birth, application, on)
    return dataclasses.replace(facts, proofs=(facts.proofs or frozenset()) | complete_proofs(application, given.terms))


def assessment_of(application: Application, *, on: dt.date) -> engine.Assessment:
    """Every condition of the programme, judged for an application as it stands."""
    return engine.assess(facts_under_review(application, on=on), handed_in(application).terms, on=on)


def class_on(birth: Birth, day: dt.date) -> HouseholdClass | None:
    """The household's class in force on a day; of several the one that began last."""
    held = [row for row in HouseholdClass.objects.filter(household_id=birth.household_id) if row.holds_on(day)]
    return held[-1] if held else None


def as_json(facts: engine.Facts) -> dict[str, Any]:
    """The facts as a decision keeps them."""
    stored = dataclasses.asdict(facts)
    for name in ("due_date", "birth_date"):
        stored[name] = stored[name].isoformat() if stored[name] else None
    return stored | {"proofs": sorted(facts.proofs or ())}


def findings_as_json(findings: tuple[engine.Finding, ...]) -> list[dict[str, Any]]:
    """The findings as a decision keeps them, each with the sentence of its rule."""
    return [dataclasses.asdict(finding) for finding in findings]


def findings_from_json(stored: list[dict[str, Any]]) -> tuple[engine.Finding, ...]:
    """The findings that a decision kept."""
    return tuple(
        engine.Finding(**{**row, "verdict": engine.Verdict(row["verdict"]), "source": engine.Source(**row["source"])})
        for row in stored
    )


def _facts(birth: Birth, application: Application | None, on: dt.date) -> engine.Facts:
    held = class_on(birth, on)
    return engine.Facts(
        due_date=birth.due_date,
        birth_date=birth.born_on,
        children=birth.children,
        household_class=held.code if held else engine.Facts().household_class,
        proofs=frozenset({held.proof} - {""}) if held else frozenset(),
        **(_told(application) if application else {}),
    )


def _told(application: Application) -> dict[str, bool | None]:
    """Her circumstances: what she said on the phone, else what she wrote."""
    hearing = Hearing.objects.filter(application=application).first()
    told = circumstances(application)
    for code in CIRCUMSTANCES:
        heard = getattr(hearing, code, None)
        told[code] = told[code] if heard is None else heard
    return told
