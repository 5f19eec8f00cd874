"""What is reported as changed while an application is being examined stands in the application too."""

from collections.abc import Iterable, Mapping
from typing import Any

from applications.models import Application, ChangeNotice, Correction, Household
from applications.steps import Step

Kind = ChangeNotice.Kind
STEPS: Mapping[Kind, Step] = {
    Kind.NAME: Step.PERSON,
    Kind.ADDRESS: Step.PERSON,
    Kind.PHONE: Step.PERSON,
    Kind.EMERGENCY: Step.WISHES,
    Kind.HOUSEHOLD_CLASS: Step.HOUSEHOLD,
}
"""Where an application asks for the same. A move is asked for nowhere."""


def hold_under_way(household: Household) -> list[Application]:
    """What a family has handed in and nobody has decided, locked: before the household, as by whoever hands one in."""
    under_way = Application.objects.filter(birth__household=household, status__in=Application.OPEN)
    return list(under_way.select_for_update(of=("self",)).order_by("pk"))


def carry(notice: ChangeNotice, applications: Iterable[Application]) -> None:
    """Let each say the new, and so an open correction in which she has filled in that step again."""
    step = STEPS.get(Kind(notice.kind))
    if step is None:
        return
    for application in applications:
        _say(application, step, notice.after)
        for correction in Correction.objects.filter(application=application, answered_at=None, dropped_at=None):
            _say(correction, step, notice.after)


def _say(row: Application | Correction, step: Step, said: Mapping[str, Any]) -> None:
    kept = row.answers.get(step.value) or {}
    if kept.get("clean") is None:
        return
    boxes = {name: [value] for name, value in said.items()}
    typed = {"typed": {**kept["typed"], **boxes}} if kept.get("typed") else {}
    row.answers = {**row.answers, step.value: {**kept, **typed, "clean": {**kept["clean"], **said}}}
    row.save(update_fields=["answers"])
