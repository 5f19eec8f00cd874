"""予約を入れる: what was agreed with whoever shows or reads out her coupon."""

from typing import Any

from django import forms

from eligibility import engine
from facilities.forms.citizen.dates import ALLERGIES_LIMIT, NOTE_LIMIT
from postpartum_portal.shared.forms import ChoiceCards, LineField

from .hold import HoldForm


class PhoneForm(HoldForm):
    """Days as for every caller, and what the care needs: asked of her on the phone."""

    siblings = forms.TypedChoiceField(
        label="きょうだいも一緒に来ますか",
        choices=[("no", "いいえ"), ("yes", "はい")],
        initial="no",
        required=False,
        coerce=lambda said: said == "yes",
        widget=ChoiceCards,
    )
    allergies = LineField(
        label="食べ物のアレルギー",
        required=False,
        limit=ALLERGIES_LIMIT,
        help_text="食事の用意のために聞いたことだけを書きます。",
    )
    note = LineField(label="そのほかに聞いたこと", required=False, limit=NOTE_LIMIT)

    def __init__(self, *args: Any, after_loss: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {item.service.kind for item in self.holdables.values()}
        if after_loss or kinds == {engine.ServiceKind.VISIT}:
            del self.fields["siblings"]
        if kinds == {engine.ServiceKind.VISIT}:
            del self.fields["allergies"]

    def told(self) -> dict[str, Any]:
        """As `book_for` takes it, beside the days."""
        asked = self.cleaned_data
        return {
            "siblings": bool(asked.get("siblings")),
            "allergies": asked.get("allergies", ""),
            "note": asked["note"],
        }
