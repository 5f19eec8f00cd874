"""The steps of an application, in the order in which a mother meets them. Each has a form and an address of its own."""

from django.db import models
from django.utils.translation import gettext_lazy

from eligibility.engine import Terms


class Step(models.TextChoices):
    PERSON = "person", gettext_lazy("あなた")
    BIRTH = "birth", gettext_lazy("妊娠・出産")
    CONDITION = "condition", gettext_lazy("ようす")
    HOUSEHOLD = "household", gettext_lazy("世帯・書類")
    WISHES = "wishes", gettext_lazy("使うもの")
    CONSENT = "consent", gettext_lazy("同意")


AFTER_LOSS = gettext_lazy("申請")
"""What the step about the birth is called after a loss."""

REVIEW = gettext_lazy("確かめる")
"""What follows the last step."""


def steps_of(terms: Terms) -> tuple[Step, ...]:
    """The steps that a programme asks for: where it knows one household class only, nothing is asked about it."""
    asks_class = len(terms.classes) > 1
    return tuple(step for step in Step if asks_class or step is not Step.HOUSEHOLD)


def label_of(step: Step, *, after_loss: bool) -> str:
    """How a step is named to her."""
    return str(AFTER_LOSS) if after_loss and step is Step.BIRTH else str(step.label)


def following(step: Step, terms: Terms) -> Step | None:
    """The step after this one; None after the last."""
    steps = steps_of(terms)
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else None


def preceding(step: Step, terms: Terms) -> Step | None:
    """The step before this one; None before the first."""
    steps = steps_of(terms)
    place = steps.index(step)
    return steps[place - 1] if place else None
