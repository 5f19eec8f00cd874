"""使わない枠を取る: which days, of which kind, how many places and why."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from eligibility import engine
from facilities.forms.citizen.dates import TokenField
from facilities.models import Block
from facilities.selectors.places import PlaceKind
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField, WholeNumberField
from postpartum_portal.shared.forms.dates import Typed

from .places import MOST

ALL = "all"
LONGEST = dt.timedelta(days=366)


class BlockForm(DadsForm):
    """`days` are those ticked in the month, parted by commas; without them first and last day are typed.

    `without` names days that are left out after a refusal.
    """

    days_ticked = forms.CharField(required=False, widget=forms.HiddenInput)
    without = forms.CharField(required=False, widget=forms.HiddenInput)
    first_day = DateBoxesField(label="はじめの日")
    last_day = DateBoxesField(label="おわりの日")
    place = forms.ChoiceField(label="どの枠", widget=ChoiceCards)
    number = WholeNumberField(
        label="いくつ",
        lowest=1,
        highest=MOST,
        required=False,
        help_text="入力しないと、その日のすべての枠を使わないことになります。",
    )
    why = forms.ChoiceField(label="理由", choices=Block.Why.choices, widget=ChoiceCards)
    note = LineField(label="メモ", required=False, limit=60, help_text="施設の人だけが見ます。お母さんには出ません。")
    token = TokenField()

    def __init__(self, *args: Any, kinds: Sequence[PlaceKind], on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds, self.on = kinds, on
        place: Any = self.fields["place"]
        place.choices = [(kind.code, kind.label) for kind in kinds]
        if len(kinds) > 1:
            place.choices = [*place.choices, (ALL, "すべて")]
        else:
            place.initial = kinds[0].code
        self.ticked = _days(self["days_ticked"].value(), on)
        for name in ("first_day", "last_day"):
            field: Any = self.fields[name]
            field.not_before, field.not_after = on, on + LONGEST
            field.initial = Typed(year=str(on.year))
            if self.ticked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ValidationError("はじめの日より後の日を入力してください。", code="day"))
        return cleaned

    def days(self) -> list[dt.date]:
        """Those that were ticked, or all of the span, but for those left out."""
        without = _days(self.cleaned_data.get("without"), self.on)
        span = () if self.ticked else engine.each_day(self.cleaned_data["first_day"], self.cleaned_data["last_day"])
        return [day for day in (*self.ticked, *span) if day not in without]

    def wanted(self) -> dict[str, int | None]:
        """Kind → places, None for all of them."""
        place = self.cleaned_data["place"]
        codes = [kind.code for kind in self.kinds] if place == ALL else [place]
        return dict.fromkeys(codes, self.cleaned_data["number"])

    def refuse(self, kind: PlaceKind, sentence: str) -> None:
        """Mark the box whose number is too high."""
        self.add_error("number", f"{kind.label}: {sentence}")


def _days(value: Any, on: dt.date) -> list[dt.date]:
    """Days from today on, out of a list that anybody may have changed: what is none is left out."""
    found = set()
    for part in str(value or "").split(","):
        try:
            found.add(dt.date.fromisoformat(part))
        except ValueError:
            continue
    return sorted(day for day in found if on <= day <= on + LONGEST)
