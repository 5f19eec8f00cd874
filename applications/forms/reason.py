"""The reason of a decision as the letter will print it: what must be put right comes back at the field, with advice."""

from typing import Any

from django import forms

from applications.selectors.case import Case
from applications.selectors.reasons import remarks_for
from postpartum_portal.shared.forms import DadsForm, LinesField

LETTER = "手紙にこのまま載ります。1行が1段落です。事実を先に、きまりを後に書きます。"


class ReasonForm(DadsForm):
    """Any decision that states its reason; a form may name the field otherwise.

    `advice` is told beside the field and keeps nothing back.
    """

    show_need = False
    advice: tuple[str, ...] = ()

    reason = LinesField(label="理由", help_text=LETTER, limit=2000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["reason"].widget.attrs["rows"] = 10

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        remarks = remarks_for(self.case.application, reason, self.case.assessment)
        self.advice = tuple(remark.text for remark in remarks if not remark.blocks)
        if mistakes := [remark.text for remark in remarks if remark.blocks]:
            raise forms.ValidationError(mistakes)
        return reason
