"""訪問の時刻を変える: the hour that was agreed on the phone."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from facilities.forms.citizen.dates import TokenField
from facilities.forms.times import TypedTimeField
from postpartum_portal.shared.forms import ChoiceCards, DadsForm


class HourForm(DadsForm):
    """Hours to press, or another one that is typed. `choices`: each hour with its label."""

    show_need = False

    token = TokenField()

    def __init__(self, *args: Any, choices: Sequence[tuple[dt.time, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices:
            self.fields["arrival"] = forms.TypedChoiceField(
                label="新しい時刻",
                choices=[(hour.isoformat(), label) for hour, label in choices],
                coerce=dt.time.fromisoformat,
                required=False,
                empty_value=None,
                widget=ChoiceCards(layout="pair"),
            )
        self.fields["typed"] = TypedTimeField(label="ほかの時刻" if choices else "新しい時刻", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.hour():
            self.add_error("arrival" if "arrival" in self.fields else "typed", "時刻を選んでください。")
        return cleaned

    def hour(self) -> dt.time | None:
        """What is typed stands in the place of what is pressed."""
        return self.cleaned_data.get("typed") or self.cleaned_data.get("arrival")
