"""The answers of a step as they are kept, put back into its boxes: to correct them, or to offer them again."""

from collections.abc import Mapping
from typing import Any

from applications.forms.certificates import PREFIX as PROOF
from applications.forms.certificates import Typed
from applications.steps import Step
from eligibility.engine import Terms

from .base import SAID
from .birth import MORE
from .consent import PREFIX as CONSENT

WORDS = {answer: word for word, answer in SAID.items()}


def boxes_of(step: Step, kept: Mapping[str, Any], terms: Terms) -> dict[str, Any]:
    """Initial values of a step's form from `clean`, as `selectors.answers` describes it."""
    boxes = dict(kept)
    for item in terms.circumstances:
        if item.code in kept:
            boxes[item.code] = WORDS[kept[item.code]]
    if step is Step.BIRTH and kept.get("children"):
        boxes |= _counted(int(kept["children"]))
    if step is Step.HOUSEHOLD and kept.get("household_class"):
        ticked = Typed(agreed=bool(kept.get("agreed")), city=kept.get("issued_by", ""))
        boxes[f"{PROOF}{kept['household_class']}"] = ticked
    if step is Step.CONSENT:
        boxes |= {f"{CONSENT}{code}": True for code in kept.get("consents", ())}
    return boxes


def _counted(children: int) -> dict[str, Any]:
    return {"children": str(children)} if children < 3 else {"children": MORE, "children_more": children}
