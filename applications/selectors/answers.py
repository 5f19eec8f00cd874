"""What the steps saved, read back.

`Application.answers` holds for each step `{"typed": {box: [text, …]}, "clean": {field: value} | None}`. `typed` is what
stood in the boxes, so nothing is lost while she is still writing; `clean` is there once the step was complete. A
submitted application keeps `clean` only.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, get_args

from applications.models import Application, Birth
from applications.steps import Step
from eligibility.engine import CircumstanceCode, Facts, Terms

CIRCUMSTANCES: tuple[CircumstanceCode, ...] = get_args(CircumstanceCode)
EARLIER_BIRTH = "earlier-"
"""Before a birth's id: she applies again for a birth that is known here already."""


def typed_in(application: Application, step: Step) -> dict[str, list[str]]:
    """What stood in the boxes of a step; empty if she has not been there."""
    return dict(application.answers.get(step, {}).get("typed") or {})


def clean_in(application: Application, step: Step) -> dict[str, Any]:
    """A step's complete answers; empty as long as it is not complete."""
    return dict(application.answers.get(step, {}).get("clean") or {})


def is_complete(application: Application, step: Step) -> bool:
    return application.answers.get(step, {}).get("clean") is not None


def open_steps(application: Application) -> tuple[Step, ...]:
    """The steps still to be completed, in order."""
    return tuple(step for step in Step if not is_complete(application, step))


def circumstances(application: Application) -> dict[str, bool | None]:
    """What she said about herself, by the programme's codes; None where she is not sure or has not said."""
    said = {**clean_in(application, Step.PERSON), **clean_in(application, Step.CONDITION)}
    return {code: said.get(code) for code in CIRCUMSTANCES}


def earlier_birth(application: Application) -> Birth | None:
    """The birth known from an earlier application that she applies for again."""
    stage = str(clean_in(application, Step.BIRTH).get("stage", ""))
    if not stage.startswith(EARLIER_BIRTH):
        return None
    own = Birth.objects.filter(municipality_id=application.municipality_id, citizen_id=application.citizen_id)
    return own.filter(pk=int(stage.removeprefix(EARLIER_BIRTH))).first()


def birth_dates(application: Application) -> tuple[dt.date | None, dt.date | None, int]:
    """Due date, birth date and children that the application is about: of the known birth, or as she typed them."""
    birth = earlier_birth(application)
    if birth:
        return birth.due_date, birth.born_on, birth.children
    said = clean_in(application, Step.BIRTH)
    return day(said.get("due_date")), day(said.get("born_on")), int(said.get("children") or 1)


def facts(application: Application, terms: Terms, *, proofs: frozenset[str] | None) -> Facts:
    """What a draft tells the rules; `proofs` are the codes of the documents that are complete."""
    due_date, born_on, children = birth_dates(application)
    said: Mapping[str, Any] = clean_in(application, Step.HOUSEHOLD)
    return Facts(
        due_date=due_date,
        birth_date=born_on,
        children=children,
        **circumstances(application),
        household_class=said.get("household_class") or terms.classes[0].code,
        proofs=proofs,
    )


def day(text: str | None) -> dt.date | None:
    """A day as `clean` keeps it."""
    return dt.date.fromisoformat(text) if text else None
