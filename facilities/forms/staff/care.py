"""ケアの記録: one day of a use, on a phone with one hand."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from facilities.models import CareRecord
from facilities.models.care_record import LONGEST
from facilities.selectors.care import SAFETY
from facilities.services.care import CareWords
from postpartum_portal.shared import text
from postpartum_portal.shared.forms import DadsForm, LinesField

_BETWEEN = re.compile(r"[\s、,。・;]+")


class TimesField(forms.CharField):
    """`10:30 11:00`, in any width and with anything between: cleans to times in order."""

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value)
        parts = [part for part in _BETWEEN.split(text.fold(typed)) if part]
        try:
            times = {dt.datetime.strptime(part, "%H:%M").time() for part in parts}  # noqa: DTZ007 - no day stands there
        except ValueError:
            raise ValidationError("時刻は 10:30 11:00 のように入力してください。", code="times") from None
        return [f"{time:%H:%M}" for time in sorted(times)]


class CareForm(DadsForm):
    """`child`: whether a record may speak of one. `seen`: the version that the page knew of."""

    show_need = False

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    mother = LinesField(label="お母さんのようす", limit=LONGEST, required=False)
    child = LinesField(label="お子さんのようす", limit=LONGEST, required=False)
    care = LinesField(label="したケア", limit=LONGEST, required=False)

    def __init__(self, *args: Any, child: bool, before: CareRecord | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_said_before(before), **kwargs)
        if child:
            for code, label in SAFETY.items():
                self.fields[f"check_{code}"] = TimesField(label=label, required=False, help_text="確かめた時刻。")
        else:
            del self.fields["child"]
        self.fields["handover"] = LinesField(
            label="センターへの引き継ぎ",
            limit=LONGEST,
            required=False,
            help_text="書くと、この日の記録を、お住まいの市町村のセンターも読みます。",
        )
        self.fields["asks_call"] = forms.BooleanField(label="センターから電話してほしい", required=False)

    def words(self) -> CareWords:
        said = self.cleaned_data
        return CareWords(
            mother=said["mother"],
            child=said.get("child", ""),
            care=said["care"],
            checks={code: said.get(f"check_{code}", []) for code in SAFETY},
            handover=said["handover"],
            asks_call=said["asks_call"],
        )


def _said_before(before: CareRecord | None) -> dict[str, Any]:
    if before is None:
        return {"seen": 0}
    times = {f"check_{code}": " ".join(before.checks.get(code, [])) for code in SAFETY}
    words = {name: getattr(before, name) for name in ("mother", "child", "care", "handover", "asks_call")}
    return {"seen": before.version, **words, **times}
