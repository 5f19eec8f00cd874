"""What is known about a household, as the rules want to see it: what she wrote, and what she said on the phone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from applications.models import Application, Birth, Hearing, HouseholdClass
from eligibility import engine

from .answers import circumstances, known
from .births import dates_of
from .handbook import handbook_facts
from .handed_in import handed_in
from .proofs import complete_proofs, held_classes, recorded


def facts_of(birth: Birth, *, on: dt.date) -> engine.Facts:
    """The facts of a birth as they stand on a day: the household's classes, and only such proof as was accepted."""
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
    return replace(facts, proofs=(facts.proofs or frozenset()) | complete_proofs(application, given.terms))


def assessment_of(application: Application, *, on: dt.date) -> engine.Assessment:
    """Every condition of the programme, judged for an application as it stands."""
    return engine.assess(facts_under_review(application, on=on), handed_in(application).terms, on=on)


def class_on(birth: Birth, day: dt.date) -> HouseholdClass | None:
    """The household's class in force on a day; of several the one that began last."""
    held = [row for row in HouseholdClass.objects.filter(household_id=birth.household_id) if row.holds_on(day)]
    return held[-1] if held else None


def classes_from(birth: Birth, on: dt.date) -> list[tuple[HouseholdClass, dt.date, dt.date | None]]:
    """The class in force on a day and those that are reported to follow it, each with its first and last day."""
    return class_spans(list(HouseholdClass.objects.filter(household_id=birth.household_id)), on)


def class_spans(rows: Sequence[HouseholdClass], on: dt.date) -> list[tuple[HouseholdClass, dt.date, dt.date | None]]:
    """As `classes_from`, of a household's rows in their order."""
    starts = sorted({on} | {row.starts_on for row in rows if row.starts_on > on})
    ends = [start - dt.timedelta(days=1) for start in starts[1:]]
    spans = zip_longest(starts, ends)
    held = [([row for row in rows if row.holds_on(first)], first, last) for first, last in spans]
    return [(found[-1], first, last) for found, first, last in held if found]


def heard_or_written(application: Application, terms: engine.Terms, hearing: Hearing | None) -> dict[str, bool | None]:
    """Her circumstances by the programme's codes: what she said on the phone, else what she wrote."""
    heard = known(hearing.told) if hearing else {}
    return {code: heard.get(code, written) for code, written in circumstances(application, terms).items()}


def _facts(birth: Birth, application: Application | None, on: dt.date) -> engine.Facts:
    rows = tuple(HouseholdClass.objects.filter(household_id=birth.household_id))
    held = [row for row in rows if row.holds_on(on)]
    return replace(
        dates_of(birth),
        **(_said(application) if application else {}),
        household_class=held[-1].code if held else "",
        classes=held_classes(rows),
        proofs=recorded(rows),
    )


def _said(application: Application) -> dict[str, Any]:
    """What she told, by the fields of `engine.Facts`; of the handbook where the programme asks for it."""
    terms = handed_in(application).terms
    hearing = Hearing.objects.filter(application=application).first()
    told = {"told": known(heard_or_written(application, terms, hearing))}
    return told | handbook_facts(application) if terms.application.handbook else told
