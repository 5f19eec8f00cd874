"""The reason of a decision as the letter will print it: what must be put right comes back at the field, with advice."""

from typing import Any

from django import forms

from applications.selectors.case import Case
from applications.selectors.reasons import remarks_for
from postpartum_portal.shared.forms import DadsForm, LinesField

LETTER = "手紙にこのまま載ります。1行が1段落です。事実を先に、きまりを後に書きます。"


def reason_field(label: str) -> LinesField:
    field = LinesField(label=label, help_text=LETTER, limit=2000)
    field.widget.attrs["rows"] = 10
    return field


class GivesReason(DadsForm):
    """Any decision whose letter states its reason, in a field `reason`.

    `advice` is told beside the field and keeps nothing back.
    """

    case: Case
    advice: tuple[str, ...] = ()

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        remarks = remarks_for(self.case.application, reason, self.case.assessment)
        self.advice = tuple(remark.text for remark in remarks if not remark.blocks)
        if mistakes := [remark.text for remark in remarks if remark.blocks]:
            raise forms.ValidationError(mistakes)
        return reason


class ReasonForm(GivesReason):
    """A decision that needs nothing else, or a field or two. `label`: what the reason is one of."""

    show_need = False
    label = "理由"

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields["reason"] = reason_field(self.label)
