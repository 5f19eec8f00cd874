"""Asking for other days: those she chose, and when she comes on the first of them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from eligibility import engine
from postpartum_portal.shared.forms import DadsForm

from .dates import ISO_DAY, DayField, TokenField, agreed, arrival_fields


class MoveForm(DadsForm):
    """What else the booking says, siblings and words to the facility, stays as it is."""

    days = forms.IntegerField(min_value=1, max_value=31, widget=forms.HiddenInput)
    day = DayField(input_formats=ISO_DAY, widget=forms.HiddenInput)
    token = TokenField()

    def __init__(
        self,
        *args: Any,
        service: engine.Service,
        rules: engine.BookingRules,
        children: int,
        arrival: dt.time | None,
        after: dt.time | None = None,
        **kwargs: Any,
    ) -> None:
        """`arrival` is the hour as it is agreed now, the others as in `AskForm`."""
        super().__init__(*args, **kwargs)
        self.fields.update(arrival_fields(service, children, after=after))
        if rules.provisional:
            self.fields["provisional"] = forms.BooleanField(
                label=_("日を変えることを、施設に電話などで伝えました"),
                error_messages={"required": _("先に、施設に電話などで伝えてください。伝えたら、印をつけてください。")},
            )
        if arrival and (after is None or arrival > after):
            self._as_agreed(arrival)

    def _as_agreed(self, arrival: dt.time) -> None:
        """The boxes say what holds now; where hours hold in principle, another one stands in the box beside them."""
        choices = [value for value, _label in getattr(self.fields["arrival"], "choices", ())]
        if "other_arrival" in self.fields and arrival.isoformat() not in choices:
            self.initial.update(arrival=choices[0], other_arrival=f"{arrival:%H:%M}")
        else:
            self.initial["arrival"] = agreed(self.fields["arrival"], arrival)

    def clean(self) -> dict[str, Any]:
        """An hour that she types outside the hours that hold in principle stands in the place of the one chosen."""
        said = super().clean() or self.cleaned_data
        if said.get("other_arrival"):
            said["arrival"] = said["other_arrival"]
        return said
