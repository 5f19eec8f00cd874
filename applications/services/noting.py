"""Internal notes of a case: written, struck out with a reason, never edited. Reading the case is what reads them."""

import datetime as dt

from django.db import transaction

from applications.models import Application, CaseNote
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

NOTE = "applications.screen"


def write_note(application: Application, text: str, *, by: User, at: dt.datetime) -> CaseNote:
    """Leave a note for colleagues; of a decided case too. The same text sent twice in a row is one note.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
    """
    authorise(by, NOTE, application)
    with transaction.atomic():
        row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        latest = CaseNote.objects.filter(application=row).last()
        if latest and (latest.text, latest.by_id, latest.struck_at) == (text, by.pk, None):
            return latest
        note = CaseNote.objects.create(
            municipality_id=row.municipality_id,
            citizen_id=row.citizen_id,
            application=row,
            text=text,
            by=by,
            at=at,
        )
        events.record("note.written", row, at=at, by_id=by.pk, note=note.pk)
    return note


def strike_note(application: Application, note_id: int, reason: str, *, by: User, at: dt.datetime) -> None:
    """Strike a note out; it stays legible with the reason.

    Raises:
        PermissionDenied: not the work of this person, or her own application.
        NothingToStrike: no such note here, or it is struck out already.
    """
    authorise(by, NOTE, application)
    with transaction.atomic():
        notes = CaseNote.objects.filter(pk=note_id, application=application, struck_at=None)
        if not notes.update(struck_at=at, struck_by=by, struck_reason=reason):
            raise NothingToStrike
        events.record("note.struck", application, at=at, by_id=by.pk, note=note_id)


class NothingToStrike(Exception):
    """The note is struck out already, or is none of this case."""
