"""仮予約を受ける: which days a caller asks for."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from eligibility import engine
from facilities.forms.citizen.dates import TokenField
from facilities.forms.times import TypedTimeField
from facilities.models import Offering
from facilities.selectors.holds import Holdable
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, WholeNumberField
from postpartum_portal.shared.forms.dates import Typed

MOST_NIGHTS = 30


class HoldForm(DadsForm):
    """Service, days, perhaps the hour: nothing about the person."""

    offering = forms.ChoiceField(label="サービス", widget=ChoiceCards)
    first_day = DateBoxesField(label="はじめの日")
    nights = WholeNumberField(label="泊数", lowest=1, highest=MOST_NIGHTS, unit="泊", required=False)
    arrival = TypedTimeField(label="到着の時刻", required=False, help_text=f"決まっているとき。{TypedTimeField.like}")
    token = TokenField()

    def __init__(self, *args: Any, holdables: Sequence[Holdable], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holdables = {str(item.offering.pk): item for item in holdables}
        offered: Any = self.fields["offering"]
        offered.choices = [(key, item.label) for key, item in self.holdables.items()]
        if len(self.holdables) == 1:
            offered.initial = next(iter(self.holdables))
        first: Any = self.fields["first_day"]
        first.initial, first.not_before = Typed(year=str(on.year)), on
        stays = [item for item in holdables if item.service.kind is engine.ServiceKind.STAY]
        if not stays:
            del self.fields["nights"]
        elif len(stays) < len(holdables):
            self.fields["nights"].help_text = "泊まるとき。日帰りと訪問は、1日ずつ受けます。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = self.holdables.get(cleaned.get("offering", ""))
        stay = chosen is not None and chosen.service.kind is engine.ServiceKind.STAY
        if stay and not cleaned.get("nights") and "nights" not in self.errors:
            self.add_error("nights", ValidationError("泊数を入力してください。", code="required"))
        if chosen and not stay:
            cleaned["nights"] = None
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the facility keeps, as `hold_days` takes it."""
        asked = self.cleaned_data
        return {
            "first_day": asked["first_day"],
            "last_day": asked["first_day"] + dt.timedelta(days=asked.get("nights") or 0),
            "arrival": asked["arrival"],
            "form_token": asked["token"],
        }

    def refuse(self, sentence: str) -> None:
        """The days cannot be kept."""
        self.add_error("first_day", ValidationError(sentence, code="day"))

    def offering_chosen(self) -> Offering:
        return self.holdables[self.cleaned_data["offering"]].offering
