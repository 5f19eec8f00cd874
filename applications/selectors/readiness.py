"""Whether a draft may be handed in today, and what the programme says about it. Review page and submission ask here."""

import datetime as dt
from dataclasses import dataclass, replace

from applications.models import Application
from applications.steps import Step, steps_of
from eligibility import engine

from .answers import birth_dates, clean_in, earlier_birth, facts, is_complete
from .handbook import comes_with_handbook, handbook_facts
from .proofs import Proof, complete_proofs, proof_of


@dataclass(frozen=True, slots=True)
class Readiness:
    """`open_steps` are still to be completed; findings never hold an application back, the centre decides on them."""

    open_steps: tuple[Step, ...]
    assessment: engine.Assessment
    proof: Proof | None
    on: dt.date
    comes_with_handbook: bool

    @property
    def opens_later(self) -> bool:
        """Applying opens on a day to come, or with the birth. Where no day is published, nobody waits for it."""
        return not self.assessment.may_apply(self.on)

    @property
    def opens_by_word(self) -> bool:
        """The page says when in a word and names no day (妊娠後期): the centre judges it."""
        return self.assessment.window.kind is engine.WindowKind.UNPUBLISHED

    @property
    def lacks_certificates(self) -> bool:
        """She names a class with a price of its own, and until its proof is there she pays that of the first class."""
        return self.proof is not None and not self.proof.complete


def readiness(application: Application, terms: engine.Terms, *, on: dt.date) -> Readiness:
    """Judge a draft as it stands, by the terms in force on a day."""
    known = replace(
        facts(application, terms, proofs=complete_proofs(application, terms)), **handbook_facts(application)
    )
    return Readiness(
        open_steps=tuple(step for step in steps_of(terms) if not _is_settled(application, step, terms)),
        assessment=engine.assess(known, terms, on=on),
        proof=proof_of(application, terms, on=on),
        on=on,
        comes_with_handbook=comes_with_handbook(application, terms, on=on),
    )


def _is_settled(application: Application, step: Step, terms: engine.Terms) -> bool:
    """Complete, and nothing chosen that is gone: a known birth, or what a newer programme no longer offers."""
    if not is_complete(application, step):
        return False
    said = clean_in(application, step)
    if step is Step.BIRTH:
        return any(birth_dates(application)[:2]) or earlier_birth(application) is not None
    if step is Step.HOUSEHOLD:
        return said.get("household_class") in {item.code for item in terms.classes}
    if step is Step.WISHES:
        return bool(said.get("services")) and set(said["services"]) <= {item.code for item in terms.services}
    if step is Step.CONSENT:
        return {item.code for item in terms.consents if item.required} <= set(said.get("consents", ()))
    return True
