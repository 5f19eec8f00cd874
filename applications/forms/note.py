"""An internal note, and the reason for which one is struck out."""

from typing import Any

from applications.models import CaseNote
from postpartum_portal.shared.forms import DadsForm, LineField, LinesField


class NoteForm(DadsForm):
    show_need = False

    text = LinesField(
        label="職員メモ",
        help_text="センターの職員だけが読みます。本人のページ、施設、手紙には出ません。あとから直せません。",
        limit=CaseNote.LIMIT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_memo_%s", **kwargs)  # other forms stand on the page


class StrikeForm(DadsForm):
    show_need = False

    reason = LineField(label="消す理由", limit=200)

    def __init__(self, *args: Any, note: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_strike{note}_%s", **kwargs)
