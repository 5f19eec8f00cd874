"""職員メモ on the case page: for every member of the centre's staff to read."""

from typing import Any

from applications.public import Case, NoteForm, StrikeForm, notes_of


def notes_card(case: Case, *, may_write: bool) -> dict[str, Any]:
    """The latest first; forms for those who may write."""
    return {
        "notes": [
            (note, StrikeForm(note=note.pk) if may_write and note.struck_at is None else None)
            for note in notes_of(case.application)
        ],
        "note_form": NoteForm() if may_write else None,
    }
