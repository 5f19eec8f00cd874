"""ほかの日を提案する: up to three sets of days as long as those asked for, and why those cannot be."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from eligibility import engine
from facilities.forms.citizen.dates import TokenField, agreed, arrival_field
from facilities.forms.citizen.wish import ComingDayField
from facilities.models import Booking
from facilities.services.suggesting import MOST, OtherDays
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms.dates import Typed

from .answer import OTHER, REASONS, DeclineForm

TURNS = range(1, MOST + 1)


class SuggestForm(DeclineForm):
    """The hour stands as she asked for it."""

    token = TokenField()

    def __init__(self, *args: Any, booking: Booking, service: engine.Service, on: Any, **kwargs: Any) -> None:
        """`on`: today; days are chosen from tomorrow on, so that there is time to choose."""
        super().__init__(*args, **kwargs)
        self.booking, self.service = booking, service
        for turn in TURNS:
            self.fields[f"day_{turn}"] = ComingDayField(label=f"{turn}つ目の日", not_before=on)
            self.fields[f"day_{turn}"].initial = Typed(year=str(on.year))
            self.fields[f"arrival_{turn}"] = self._hour(turn)
        if service.kind is engine.ServiceKind.STAY:
            self.fields["day_1"].help_text = "泊まりの、はじめの日です。長さは、申しこみと同じです。"
        why: Any = self.fields["why"]
        why.label, why.help_text = "申しこみの日に受けられない理由", "お母さんの画面に、このまま出ます。"
        why.choices = [item for item in (*REASONS.items(), (OTHER, "ほかの理由を書く")) if item[0] != "call"]
        days = [name for turn in TURNS for name in (f"day_{turn}", f"arrival_{turn}")]
        self.order_fields([*days, "why", "words"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        named = [choice.first_day for choice in self._choices(cleaned)]
        if not named and not any(f"day_{turn}" in self.errors for turn in TURNS):
            self.add_error("day_1", ValidationError("日を入力してください。3つまで提案できます。", code="month"))
        return cleaned

    def said(self) -> dict[str, Any]:
        """As `suggest_days` takes it."""
        return {
            "choices": self._choices(self.cleaned_data),
            "reason": self.reason(),
            "form_token": self.cleaned_data["token"],
        }

    def refuse(self, findings: Sequence[str]) -> None:
        """What speaks against each set of days, "" where nothing does; in the order of `said`."""
        filled = [turn for turn in TURNS if self.cleaned_data.get(f"day_{turn}")]
        for turn, sentence in zip(filled, findings, strict=True):
            if sentence:
                self.add_error(f"day_{turn}", ValidationError(sentence, code="day"))

    def refuse_full(self, days: Sequence[Any]) -> None:
        """The facility lacks a place on these."""
        told = "・".join(wareki.short(day) for day in days)
        self.add_error("day_1", ValidationError(f"{told}は、提案するだけの空きがありません。", code="day"))

    def _hour(self, turn: int) -> Any:
        field: Any = arrival_field(f"{turn}つ目の日の時刻", self.service.hours)
        field.required = False
        if self.booking.arrival:
            field.initial = agreed(field, self.booking.arrival)
        return field

    def _choices(self, cleaned: dict[str, Any]) -> list[OtherDays]:
        said = [(cleaned.get(f"day_{turn}"), cleaned.get(f"arrival_{turn}")) for turn in TURNS]
        return [OtherDays(day, hour or self.booking.arrival) for day, hour in said if day]
