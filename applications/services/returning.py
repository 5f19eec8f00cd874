"""The centre gives an application back to be corrected (差し戻し), or goes on without the correction."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from applications.models import Application, Correction
from applications.selectors.answers import after_loss
from applications.selectors.corrections import held_papers, markable, open_correction
from applications.selectors.handed_in import handed_in
from applications.selectors.taken_back import unsent
from applications.services.documents import note_proof
from applications.services.dropping import drop_correction
from applications.services.holding import locked
from applications.services.telling import tell_her
from eligibility.engine import Terms
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition
from postpartum_portal.shared.tenancy import same_tenant

SCREEN = "applications.screen"


def return_for_correction(
    application: Application, *, marks: Mapping[str, Sequence[str]], message: str, by: User, at: dt.datetime
) -> Correction:
    """Give it back to her: `marks` are the answers to correct, the boxes of each step; she gets a mail.

    Its number, its place in the list and what was heard on the phone stay.

    Raises:
        PermissionDenied: not the work of this person.
        NoAccount: it is on paper; the centre asks by phone and puts it right itself.
        NothingMarked: no answer of hers is marked, or one that she has not given.
        TransitionNotAllowed: it is decided, withdrawn, or returned already.
    """
    authorise(by, SCREEN, application)

    with transaction.atomic():
        row = locked(application)
        if row.citizen_id is None:
            raise NoAccount
        stood = row.status
        pass_transition(row.return_for_correction, assignee_id=row.assignee_id or by.pk)
        _refuse_unless_marked(row, handed_in(row).terms, marks)

        correction = Correction.objects.create(
            **same_tenant(row),
            application=row,
            number=Correction.objects.filter(application=row).count() + 1,
            marks={step: list(boxes) for step, boxes in marks.items() if boxes},
            message=message,
            returned_from=stood,
            after_loss=after_loss(row),
            stood=row.answers,
            asked_at=at,
            asked_by=by,
        )

        events.record("application.returned", row, at=at, by_id=by.pk, correction=correction.pk)
        tell_her("correction_asked", row, at=at, time=correction.number)
    return correction


def take_return_back(application: Application, *, by: User, at: dt.datetime) -> None:
    """Go on without her correction and tell her. Papers that she has added for it count as handed in; what she has
    typed is kept for her alone, so that she can write it to the centre.

    Raises:
        PermissionDenied: not the work of this person.
        NotReturned: she has answered, or somebody else took it back.
    """
    authorise(by, SCREEN, application)

    with transaction.atomic():
        row = locked(application)
        if row.status != Application.Status.RETURNED:
            raise NotReturned
        asked = open_correction(row)
        typed = unsent(row, asked.answers, handed_in(row).terms) if asked else ()
        papers = held_papers(row)
        for paper in papers:
            pass_transition(paper.file)
        drop_correction(row, by=by, at=at, unsent=typed)
        heard = asked is not None and asked.returned_from == Application.Status.RECOMMENDED
        pass_transition(row.take_return_back_to_decision if heard else row.take_return_back)
        if papers:
            note_proof(row, at)

        events.record("application.return_taken_back", row, at=at, by_id=by.pk)
        tell_her("correction_dropped", row, at=at, time=asked.number if asked else 1)


class NoAccount(Exception):
    """Nobody could open what is given back."""


class NothingMarked(Exception):
    """She would not know what to correct."""


class NotReturned(Exception):
    """Nothing waits for her: she has answered, or the return was taken back."""


def _refuse_unless_marked(application: Application, terms: Terms, marks: Mapping[str, Sequence[str]]) -> None:
    known = {(section.step.value, line.field) for section in markable(application, terms) for line in section.lines}
    wanted = {(step, box) for step, boxes in marks.items() for box in boxes}
    if not wanted or not wanted <= known:
        raise NothingMarked
