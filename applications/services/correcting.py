"""She corrects a returned application: what she types is kept apart from it until she hands it in again."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from applications.models import Application, Correction, Document
from applications.selectors.answers import as_kept, clean_in
from applications.selectors.corrections import (
    changes_made,
    corrected,
    held_papers,
    left_out_papers,
    marked,
    may_be_shown,
    open_correction,
    told_here,
)
from applications.selectors.handed_in import handed_in
from applications.selectors.proofs import shown_by
from applications.selectors.taken_back import taken_back, unsent, unsent_of
from applications.services import documents
from applications.services.holding import locked
from applications.services.rewriting import rewrite_birth, rewrite_class, rewrite_household
from applications.services.submission import Incomplete
from applications.services.telling import tell_her
from applications.steps import Step
from eligibility.engine import Terms
from eligibility.public import programme_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

SUBMIT = "applications.submit"


def save_correction(
    application: Application,
    step: Step,
    cleaned: Mapping[str, Any] | None,
    *,
    typed: Mapping[str, Sequence[str]],
    by: User,
    at: dt.datetime,
) -> None:
    """Keep a marked step as a draft's is kept: what was typed in any case, `cleaned` when it was complete.

    Raises:
        PermissionDenied: not her own application.
        NoLongerAsked: it was handed in again, taken back or decided meanwhile; or this step was never marked.
    """
    authorise(by, SUBMIT, application)

    with transaction.atomic():
        correction = _asked(locked(application))
        if step not in correction.marks:
            raise NoLongerAsked
        correction.answers = {**correction.answers, step.value: as_kept(cleaned, typed)}
        correction.save(update_fields=["answers"])


def keep_unsent(
    application: Application,
    step: Step,
    cleaned: Mapping[str, Any] | None,
    *,
    typed: Mapping[str, Sequence[str]],
    by: User,
    at: dt.datetime,
) -> None:
    """Keep for her alone what she sent of a step after the centre had taken the return back; else nothing happens.

    Raises:
        PermissionDenied: not her own application.
    """
    authorise(by, SUBMIT, application)

    with transaction.atomic():
        row = locked(application)
        asked = taken_back(row)
        if asked is None or asked.part(step) is None:
            return
        sent = {step.value: as_kept(cleaned, typed)}
        kept = [change for change in unsent_of(asked) if change.step != step]
        asked.correction.changes = [asdict(change) for change in (*kept, *unsent(row, sent, asked.terms))]
        asked.correction.save(update_fields=["changes"])


def leave_out(application: Application, document: Document, *, by: User, at: dt.datetime) -> None:
    """Take a paper out: one that she has added now is gone, one that the centre knows goes when she hands in again.

    Raises:
        PermissionDenied, NoLongerAsked: as for `save_correction`.
    """
    authorise(by, SUBMIT, application)

    with transaction.atomic():
        correction = _asked(locked(application))
        if Step.HOUSEHOLD not in correction.marks:
            raise NoLongerAsked
        if document.status == Document.Status.HELD:
            documents.remove(document, by=by, at=at)
        elif document.status == Document.Status.FILED and document.pk not in correction.left_out:
            correction.left_out = [*correction.left_out, document.pk]
            correction.save(update_fields=["left_out"])


def resubmit(application: Application, *, by: User, at: dt.datetime) -> Application:
    """Hand it in again: what she changed is written to household, class and birth, and the centre sees what it was.

    What she left as it was stays as it stands now, also where it was reported as changed since. Number, programme and
    the moment of the first submission stay. A second call finds what the first one did and returns it.

    Raises:
        PermissionDenied: not her own application.
        Incomplete: marked steps that she has not saved complete.
        NoLongerAsked: the centre took the return back, or it is decided or withdrawn.
    """
    authorise(by, SUBMIT, application)

    with transaction.atomic():
        row = locked(application)
        if row.status == Application.Status.RESUBMITTED:
            return row
        correction = _asked(row)
        terms = programme_of(handed_in(row).version).terms
        _refuse_unless_done(row, correction, terms)

        changes = changes_made(row, correction, terms)
        _write(row, correction, terms, at)
        correction.answered_at, correction.changes = at, [asdict(change) for change in changes]
        correction.answers, correction.left_out = {}, []
        correction.save(update_fields=["answered_at", "changes", "answers", "left_out"])

        events.record("application.resubmitted", row, at=at, by_id=by.pk, correction=correction.pk)
        tell_her("application_resubmitted", row, at=at, time=correction.number)
    return row


class NoLongerAsked(Exception):
    """The centre does not wait for a correction, or not of this."""


def _asked(application: Application) -> Correction:
    correction = open_correction(application) if application.status == Application.Status.RETURNED else None
    if correction is None or not may_be_shown(correction, application):
        raise NoLongerAsked
    return correction


def _refuse_unless_done(application: Application, correction: Correction, terms: Terms) -> None:
    steps = tuple(part.step for part in marked(application, correction, terms) if not part.done)
    if steps:
        raise Incomplete(steps)


def _write(row: Application, correction: Correction, terms: Terms, at: dt.datetime) -> None:
    """The papers first, for the class rests on them; then the rows that outlive the application."""
    before, seen = copy(row), corrected(row, correction)
    own, given, proved = told_here(row), handed_in(row), shown_by(row, terms)
    for paper in held_papers(row):
        pass_transition(paper.file)
    for paper in left_out_papers(row, correction):
        pass_transition(paper.replace)

    row.answers = {**row.answers, **{step: {"clean": clean_in(seen, Step(step))} for step in correction.answers}}
    rewrite_household(given.household, before, row)
    rewrite_class(given.household, before, row, terms, proved=proved, on=clock.day_of(at))
    birth = rewrite_birth(given.birth, own, before, row, at=at)
    pass_transition(row.resubmit, birth=birth, answers=row.answers, saved_at=at)
    if own and own != birth:
        with suppress(ProtectedError):  # an application that was refused or withdrawn is about it still
            own.delete()
