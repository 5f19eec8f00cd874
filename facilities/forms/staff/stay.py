"""The last day that a use under way is to have."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from facilities.forms.citizen.dates import TokenField
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm


class LastDayForm(DadsForm):
    """`days`: those that may be chosen; the first of them is, unless another was said."""

    show_need = False

    last_day = forms.TypedChoiceField(label="最後の日", coerce=dt.date.fromisoformat, widget=ChoiceCards)

    def __init__(self, *args: Any, days: Sequence[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["last_day"]
        chosen.choices = [(day.isoformat(), wareki.short(day)) for day in days]
        chosen.initial = days[0].isoformat() if days else None


class AgreedForm(DadsForm):
    """What the button of the page sends beside the day."""

    token = TokenField()
