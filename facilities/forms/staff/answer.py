"""Declining a request: a reason that the mother reads as it stands."""

from typing import Any

from django import forms

from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LineField

OTHER = "other"
REASONS = {
    "full": "この日は、ほかの予約でいっぱいになりました。",
    "closed": "この日は、施設の都合で受け入れを休みます。",
    "staff": "この日は、お世話をする人の数が足りず、お受けできません。",
    "call": "ほかの日ならお受けできます。施設に電話してください。",
}


class DeclineForm(DadsForm):
    """Ready sentences, or one's own."""

    why = forms.ChoiceField(
        label="お断りする理由",
        help_text="お母さんへのメールと画面に、このまま出ます。",
        choices=[*REASONS.items(), (OTHER, "ほかの理由を書く")],
        widget=ChoiceCards(then={OTHER: "words"}),
    )
    words = LineField(
        label="理由",
        required=False,
        limit=200,
        help_text="200字まで。体調や病気のことは書かないで、電話で伝えてください。",
    )

    show_need = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("why") == OTHER and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "理由を入力してください。お母さんに伝えます。")
        return cleaned

    def reason(self) -> str:
        """The sentence for the mother."""
        why = self.cleaned_data["why"]
        return str(self.cleaned_data["words"] if why == OTHER else REASONS[why])
