"""The household's class that a decision lets set the price, with the proof that it accepts."""

import datetime as dt
from typing import Any

from applications.models import Application, Birth, HouseholdClass
from applications.selectors.facts import class_on
from applications.selectors.handed_in import handed_in
from applications.selectors.proofs import proof_for
from eligibility import engine


def settle_class(application: Application, class_code: str, on: dt.date) -> None:
    """Let `class_code` set the price from today: its proof is accepted, or a class that needs none begins."""
    given = handed_in(application)
    held = class_on(given.birth, on)
    proof = proof_for(application, given.terms, class_code, None, on=on)
    if proof is None:
        if held is None or (held.proof and held.code != class_code):
            _begin_class(given.birth, class_code, on)
        return
    if proof.on_record:
        return
    accepted = {"proof": proof.document.code, "fiscal_year": proof.certificate.fiscal_year}
    if held and held.code == class_code and not held.proof and _works_back(given.terms.household_class(class_code)):
        HouseholdClass.objects.filter(pk=held.pk).update(**accepted)
    else:
        _begin_class(given.birth, class_code, on, **accepted)


def proved_from(application: Application, class_code: str, on: dt.date) -> dt.date:
    """From which day a class holds that an approval accepts by its proof: from the day on which it was declared, if it
    was proved then, or its proof counts for earlier uses too.
    """
    given = handed_in(application)
    held = class_on(given.birth, on)
    if held is None or held.code != class_code:
        return on
    return held.starts_on if held.proof or _works_back(given.terms.household_class(class_code)) else on


def change_class(application: Application, class_code: str, on: dt.date) -> None:
    """Let `class_code` set the price from `on`, whatever was declared, as a decider wills it."""
    given = handed_in(application)
    held = class_on(given.birth, on)
    if held and held.code == class_code:
        return
    proof = proof_for(application, given.terms, class_code, None, on=on)
    accepted = {"proof": proof.document.code, "fiscal_year": proof.certificate.fiscal_year} if proof else {}
    _begin_class(given.birth, class_code, on, **accepted)


def _works_back(household: engine.HouseholdClass) -> bool:
    """Whether its proof counts for uses before the day on which it was accepted."""
    return household.proof is not None and household.proof.works is engine.ProofWorks.ALWAYS


def _begin_class(birth: Birth, code: str, on: dt.date, **accepted: Any) -> None:
    HouseholdClass.objects.create(
        municipality_id=birth.municipality_id,
        citizen_id=birth.citizen_id,
        household_id=birth.household_id,
        code=code,
        starts_on=on,
        **accepted,
    )
