"""A return that the centre took back while she was correcting: what she had written for it and not handed in."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from applications.models import Application, Correction
from applications.steps import Step
from eligibility.engine import Terms
from eligibility.public import programme_of
from postpartum_portal.shared.text import fold_kana

from .answers import clean_in, typed_in
from .changes import FIELDS
from .corrections import Change, Returned, answers_by_line, may_be_shown
from .handed_in import handed_in
from .summary import Line, summary

TOGETHER = {fields[0]: fields for fields in FIELDS.values()}
"""The boxes that the summary tells in one line, by the first of them."""


def taken_back(application: Application) -> Returned | None:
    """The latest return, if the centre took it back and the application is under way without it."""
    correction = Correction.objects.filter(application=application).order_by("number").last()
    if correction is None or correction.dropped_at is None or application.status == Application.Status.RETURNED:
        return None
    if application.status not in Application.OPEN or not may_be_shown(correction, application):
        return None
    return Returned(application, correction, programme_of(handed_in(application).version).terms)


def unsent_of(asked: Returned) -> tuple[Change, ...]:
    """What was kept of it when the return was taken back."""
    return tuple(Change(**change) for change in asked.correction.changes)


def unsent_text(asked: Returned) -> str:
    """The same as she may write it to the centre."""
    lines = [f"{change.label}: {change.after or _('なし')}" for change in unsent_of(asked)]
    return "\n".join([_("申請を、次のように直したいです。"), *lines]) if lines else ""


def unsent(application: Application, answers: Mapping[str, Any], terms: Terms) -> tuple[Change, ...]:
    """What `answers`, steps in the shape of a draft's, would have changed; papers aside, which count as handed in.

    Of a step that is not complete: what was typed as text. A choice among answers that do not fit together yet says
    nothing by itself.
    """
    whole = {step: kept for step, kept in answers.items() if kept["clean"] is not None}
    before, after = answers_by_line(application, terms), answers_by_line(_with(application, whole), terms)
    told = [Change(key[0], key[1], before.get(key, ""), after.get(key, "")) for key in {**before, **after}]
    unfinished = _with(application, {step: kept for step, kept in answers.items() if step not in whole})
    lines = [(section.step, line) for section in summary(application, terms) for line in section.lines]
    half = [change for step, line in lines if step in answers for change in _half(application, unfinished, step, line)]
    return tuple(change for change in told if change.before != change.after) + tuple(half)


def _with(application: Application, answers: Mapping[str, Any]) -> Application:
    seen = copy.copy(application)
    seen.answers = {**application.answers, **answers}
    return seen


def _half(stood: Application, seen: Application, step: Step, line: Line) -> Iterator[Change]:
    """The line, if other text stands in its boxes than she handed in."""
    boxes = TOGETHER.get(line.field, (line.field,))
    typed, kept = typed_in(seen, step), clean_in(stood, step)
    texts = [" ".join(typed.get(box, ())).strip() for box in boxes]
    known = [str(kept.get(box) or "") for box in boxes]
    if any(texts) and any(box in kept for box in boxes) and [*map(_plain, texts)] != [*map(_plain, known)]:
        yield Change(step.value, line.label, line.value, " ".join(text for text in texts if text))


def _plain(text: str) -> str:
    """To compare with, never to keep: hyphens and widths do not make another answer."""
    return "".join(char for char in fold_kana(text) if char.isalnum() and char != "ー")
