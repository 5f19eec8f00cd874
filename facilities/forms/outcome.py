"""What a cancellation or a no-show without a published rule is to mean: units, money, and why."""

from typing import Any

from django import forms

from eligibility.engine import Yen
from eligibility.engine.wording import money
from facilities.models import OutcomeDecision
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LineField

from .centre.amount import YenField

COUNTED, RETURNED = "counted", "returned"
OPEN, NONE, SOME = "open", "none", "some"


class OutcomeForm(DadsForm):
    """`taken`: 2日分, what the booking took; units are not asked about where it took none."""

    show_need = False

    units = forms.ChoiceField(label="予約した分の扱い", widget=ChoiceCards)
    money = forms.ChoiceField(
        label="お金の扱い",
        choices=[(OPEN, "まだ決めない"), (NONE, "かからない"), (SOME, "かかる")],
        widget=ChoiceCards(then={SOME: "fee"}),
    )
    fee = YenField(label="かかる額", required=False)
    reason = LineField(
        label="理由",
        help_text="お母さんの画面に、このまま出ます。200字まで。体調や病気、所得のことは書かないでください。",
    )

    def __init__(self, *args: Any, taken: str, before: OutcomeDecision | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_said_before(before), **kwargs)
        self.taken = taken
        units: Any = self.fields["units"]
        units.choices = [(COUNTED, f"{taken}を使ったことにする"), (RETURNED, f"{taken}を戻す")]
        if not taken:
            del self.fields["units"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("money") == SOME and not cleaned.get("fee") and "fee" not in self.errors:
            self.add_error("fee", "かかる額を入力してください。")
        return cleaned

    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {"counts": self._counts, "fee": self._fee, "reason": self.cleaned_data["reason"]}

    @property
    def meaning(self) -> str:
        """2日分を使ったことにします。お金は3,000円かかります。"""
        units = f"{self.taken}を{'使ったことにします' if self._counts else '戻します'}。" if self.taken else ""
        fee = self._fee
        return units + (
            "お金は、まだ決めません。"
            if fee is None
            else f"お金は{money(fee)}かかります。"
            if fee
            else "お金はかかりません。"
        )

    @property
    def deed(self) -> str:
        """What the button says: 2日分を使ったことにする."""
        if not self.taken:
            return "決める"
        return f"{self.taken}を使ったことにする" if self._counts else f"{self.taken}を戻す"

    @property
    def _counts(self) -> bool:
        return self.cleaned_data.get("units") == COUNTED

    @property
    def _fee(self) -> Yen | None:
        if self.cleaned_data["money"] == SOME:
            return Yen(self.cleaned_data["fee"])
        return Yen(0) if self.cleaned_data["money"] == NONE else None


def _said_before(decision: OutcomeDecision | None) -> dict[str, Any]:
    """What holds, to be corrected; the reason is asked anew."""
    if decision is None:
        return {}
    fee = OPEN if decision.fee is None else SOME if decision.fee else NONE
    return {"units": COUNTED if decision.counts else RETURNED, "money": fee, "fee": decision.fee or None}
