"""Returned applications: what is asked of her, how the application stands as she corrects it, and what she changed."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy

from applications.models import Application, Birth, Correction, Document, Entitlement
from applications.steps import Step
from eligibility.engine import Terms
from eligibility.public import programme_of

from .answers import after_loss, clean_in, earlier_birth
from .handed_in import handed_in
from .protection import HIDDEN
from .summary import Line, Section, summary

PAPERS = gettext_lazy("出した書類")
ADDRESS = gettext_lazy("住所")


@dataclass(frozen=True, slots=True)
class Marked:
    """A step of which something is marked, with the answers that are; `done` once she has saved it complete."""

    step: Step
    title: str
    lines: tuple[Line, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One answer before and after; "" where there was none, or is none any more."""

    step: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """A return as the centre reads it: what was asked, of which answers, and what she changed."""

    correction: Correction
    message: str
    labels: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A returned application, as she works on it."""

    application: Application
    correction: Correction
    terms: Terms

    @property
    def seen(self) -> Application:
        return corrected(self.application, self.correction)

    @property
    def parts(self) -> tuple[Marked, ...]:
        return marked(self.application, self.correction, self.terms)

    @property
    def done(self) -> bool:
        return all(part.done for part in self.parts)

    @property
    def changes(self) -> tuple[Change, ...]:
        return changes_made(self.application, self.correction, self.terms)

    def part(self, code: str) -> Marked | None:
        return next((part for part in self.parts if part.step == code), None)


def returned(application: Application) -> Returned | None:
    """None where nothing is asked of her. The terms are those it was handed in under: it is decided under them too."""
    correction = asked_of_her(application)
    if correction is None:
        return None
    return Returned(application, correction, programme_of(handed_in(application).version).terms)


def open_correction(application: Application) -> Correction | None:
    """The one that waits for her; its constraint leaves room for no second one."""
    return Correction.objects.filter(application=application, answered_at=None, dropped_at=None).first()


def asked_of_her(application: Application) -> Correction | None:
    """Likewise, as far as it may be shown: what was asked before a loss may speak of a child."""
    if application.status != Application.Status.RETURNED:
        return None
    correction = open_correction(application)
    return correction if correction and may_be_shown(correction, application) else None


def may_be_shown(correction: Correction, application: Application) -> bool:
    """After a loss only what was asked after it."""
    return correction.after_loss or not after_loss(application)


def corrections_of(application: Application, terms: Terms) -> tuple[Told, ...]:
    """All of them as the centre reads them, the latest first."""
    rows = Correction.objects.filter(application=application).select_related("asked_by", "dropped_by")
    return tuple(_told(application, row, terms) for row in rows.order_by("-number"))


def _told(application: Application, correction: Correction, terms: Terms) -> Told:
    if not may_be_shown(correction, application):
        return Told(correction, "", "", ())
    labels = [line.label for part in marked(application, correction, terms) for line in part.lines]
    changes = tuple(Change(**change) for change in correction.changes if correction.answered_at)
    if application.birth and application.birth.household.protected:
        changes = tuple(_without_address(change) for change in changes)
    return Told(correction, correction.message, "、".join(labels), changes)


def _without_address(change: Change) -> Change:
    """Where an address is kept back, the centre reads that it was corrected, and not what to."""
    return replace(change, before=HIDDEN, after=HIDDEN) if change.label == str(ADDRESS) else change


def markable(application: Application, terms: Terms) -> tuple[Section, ...]:
    """What can be marked: her answers by step, one line for each box; after a loss not which birth it was for."""
    lost = after_loss(application)
    return tuple(
        Section(section.step, section.title, tuple({line.field: line for line in section.lines[::-1]}.values())[::-1])
        for section in summary(application, terms)
        if not (lost and section.step is Step.BIRTH)
    )


def corrected(application: Application, correction: Correction) -> Application:
    """The application as she is correcting it: a copy that is never saved."""
    seen = copy.copy(application)
    seen.answers, seen.correcting = {**application.answers, **correction.answers}, correction
    return seen


def marked(application: Application, correction: Correction, terms: Terms) -> tuple[Marked, ...]:
    """The marked steps in order, with the marked answers as they stood."""
    before = copy.copy(application)
    before.answers = correction.stood
    return tuple(
        Marked(
            section.step,
            section.title,
            tuple(line for line in section.lines if line.field in correction.marks[section.step]),
            correction.answers.get(section.step, {}).get("clean") is not None,
        )
        for section in markable(before, terms)
        if section.step in correction.marks
    )


def changes_made(application: Application, correction: Correction, terms: Terms) -> tuple[Change, ...]:
    """What she has changed so far, line by line, as both sides are shown it."""
    before = answers_by_line(application, terms)
    after = answers_by_line(corrected(application, correction), terms)
    told = [Change(key[0], key[1], before.get(key, ""), after.get(key, "")) for key in {**before, **after}]
    return tuple(change for change in told if change.before != change.after) + _papers(application, correction)


def held_papers(application: Application) -> tuple[Document, ...]:
    """What she has added while correcting."""
    return tuple(Document.objects.filter(application=application, status=Document.Status.HELD))


def left_out_papers(application: Application, correction: Correction) -> tuple[Document, ...]:
    """What she takes out with it."""
    return tuple(Document.objects.filter(application=application, pk__in=correction.left_out))


def told_here(application: Application) -> Birth | None:
    """The birth that this application alone tells of, and for which nothing was granted: she may correct its dates."""
    birth = application.birth
    if birth is None or birth.outcome == Birth.Outcome.LOST or Entitlement.objects.filter(birth=birth).exists():
        return None
    over = (Application.Status.WITHDRAWN, Application.Status.REFUSED)
    others = Application.objects.filter(birth=birth).exclude(pk=application.pk).exclude(status__in=over)
    return None if others.exists() else birth


def kept_answers(application: Application, step: Step) -> dict[str, Any]:
    """A step's complete answers, to be put into its boxes; of her own birth the dates, however she named it."""
    birth = told_here(application)
    if step is not Step.BIRTH or birth is None or earlier_birth(application) != birth:
        return clean_in(application, step)
    return {
        "stage": birth.outcome,
        "due_date": birth.due_date.isoformat() if birth.due_date else None,
        "born_on": birth.born_on.isoformat() if birth.born_on else None,
        "children": birth.children,
    }


def answers_by_line(application: Application, terms: Terms) -> Mapping[tuple[str, str], str]:
    """Each answer in words, by its step and label."""
    return {
        (section.step.value, line.label): line.value
        for section in summary(application, terms)
        for line in section.lines
    }


def _papers(application: Application, correction: Correction) -> tuple[Change, ...]:
    """A paper that takes another's place counts as many pages, so its name has to say it."""
    out, new = left_out_papers(application, correction), held_papers(application)
    if not out and not new:
        return ()
    return (Change(Step.HOUSEHOLD.value, str(PAPERS), _names(out), _names(new)),)


def _names(papers: Collection[Document]) -> str:
    return "、".join(paper.original_name for paper in papers)
