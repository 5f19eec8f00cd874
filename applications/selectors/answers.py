"""What the steps saved: its shape, and how it is read back.

`Application.answers` holds for each step `{"typed": {box: [text, …]}, "clean": {field: value} | None}`. `typed` is what
stood in the boxes, so nothing is lost while she is still writing; `clean` is there once the step was complete. A
submitted application keeps `clean` only.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from applications.models import Application, Birth
from applications.steps import Step, steps_of
from eligibility.engine import Facts, Family, Proof, Terms
from postpartum_portal.shared.typed import storable

from .births import dates_of

EARLIER_BIRTH = "earlier-"
"""Before a birth's id: she applies again for a birth that is known here already."""


def as_kept(cleaned: Mapping[str, Any] | None, typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What is kept of one step: what was typed in any case, and `cleaned` when it was complete (else None)."""
    return {"typed": storable(typed), "clean": None if cleaned is None else dict(cleaned)}


def typed_in(application: Application, step: Step) -> dict[str, list[str]]:
    """What stood in the boxes of a step; empty if she has not been there."""
    return dict(application.answers.get(step, {}).get("typed") or {})


def clean_in(application: Application, step: Step) -> dict[str, Any]:
    """A step's complete answers; empty as long as it is not complete."""
    return dict(application.answers.get(step, {}).get("clean") or {})


def is_complete(application: Application, step: Step) -> bool:
    return application.answers.get(step, {}).get("clean") is not None


def open_steps(application: Application, terms: Terms) -> tuple[Step, ...]:
    """The steps still to be completed, in order."""
    return tuple(step for step in steps_of(terms) if not is_complete(application, step))


def circumstances(application: Application, terms: Terms) -> dict[str, bool | None]:
    """What she said about herself, by the programme's codes; None where she is not sure or has not said."""
    said = {**clean_in(application, Step.PERSON), **clean_in(application, Step.CONDITION)}
    return {item.code: said.get(item.code) for item in terms.circumstances}


def known(circumstances: Mapping[str, bool | None]) -> dict[str, bool]:
    """Those that are settled, as the rules want them."""
    return {code: answer for code, answer in circumstances.items() if answer is not None}


def family(application: Application) -> Family:
    """Who asks for care, where the programme asked; mother and child else."""
    return Family(clean_in(application, Step.PERSON).get("family") or Family.MOTHER)


def earlier_birth(application: Application) -> Birth | None:
    """The birth known from an earlier application that she applies for again."""
    stage = str(clean_in(application, Step.BIRTH).get("stage", ""))
    if not stage.startswith(EARLIER_BIRTH):
        return None
    return Birth.beside(application).filter(pk=int(stage.removeprefix(EARLIER_BIRTH))).first()


def birth_dates(application: Application) -> tuple[dt.date | None, dt.date | None, int]:
    """Due date, birth date and children that the application is about: of the known birth, or as she typed them."""
    birth = earlier_birth(application)
    if birth:
        return birth.due_date, birth.born_on, birth.children
    said = clean_in(application, Step.BIRTH)
    return day(said.get("due_date")), day(said.get("born_on")), int(said.get("children") or 1)


def dates(application: Application) -> Facts:
    """The dates, children and family that a draft is about: of the known birth, or as she typed them."""
    birth = earlier_birth(application)
    if birth:
        known_dates = dates_of(birth)
        bereaved = known_dates.family is Family.BEREAVED
        return known_dates if bereaved else replace(known_dates, family=family(application))
    due_date, born_on, children = birth_dates(application)
    return Facts(due_date=due_date, birth_date=born_on, children=children, family=family(application))


def after_loss(application: Application) -> bool:
    """Whether every word to her is one for after a loss: it is about a birth that was lost or, as long as she has not
    said what it is about, the last one she applied for was.
    """
    if application.birth is not None:
        return application.birth.outcome == Birth.Outcome.LOST
    if is_complete(application, Step.BIRTH):
        known_birth = earlier_birth(application)
        return known_birth is not None and known_birth.outcome == Birth.Outcome.LOST
    last = Birth.beside(application).order_by("pk").last()
    return last is not None and last.outcome == Birth.Outcome.LOST


def facts(application: Application, terms: Terms, *, proofs: frozenset[Proof] | None) -> Facts:
    """What a draft tells the rules; `proofs` are those that are complete."""
    said: Mapping[str, Any] = clean_in(application, Step.HOUSEHOLD)
    return replace(
        dates(application),
        told=known(circumstances(application, terms)),
        household_class=said.get("household_class") or "",
        proofs=proofs,
    )


def day(text: str | None) -> dt.date | None:
    """A day as `clean` keeps it."""
    return dt.date.fromisoformat(text) if text else None
