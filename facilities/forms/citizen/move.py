"""Asking for other days: those she chose, and when she comes on the first of them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from eligibility import engine
from facilities.forms.times import TypedTimeField
from postpartum_portal.shared.forms import DadsForm

from .dates import AN_HOUR, ISO_DAY, OUTSIDE, DayField, TokenField, arrival_field


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
        **kwargs: Any,
    ) -> None:
        """`children` that count: with twins a visit may last longer. `arrival` is the hour as it is agreed now."""
        super().__init__(*args, **kwargs)
        longest = service.duration.for_children(children) if service.duration else 0
        label = _("はじまる時刻") if service.kind is engine.ServiceKind.VISIT else _("到着の時刻")
        self.fields["arrival"] = arrival_field(label, service.hours, minutes=max(AN_HOUR, longest))
        if service.hours.principle:
            self.fields["other_arrival"] = TypedTimeField(
                label=_("ほかの%(label)s") % {"label": label},
                required=False,
                help_text=f"{OUTSIDE}{TypedTimeField.like}",
            )
        if rules.provisional:
            self.fields["provisional"] = forms.BooleanField(
                label=_("日を変えることを、施設に電話などで伝えました"),
                error_messages={"required": _("先に、施設に電話などで伝えてください。伝えたら、印をつけてください。")},
            )
        self._as_agreed(arrival)

    def _as_agreed(self, arrival: dt.time | None) -> None:
        """The boxes say what holds now; an hour outside those to choose from stands in the box beside them."""
        if arrival is None:
            return
        choices = [value for value, _label in getattr(self.fields["arrival"], "choices", ())]
        if not choices:
            self.initial["arrival"] = f"{arrival:%H:%M}"
        elif arrival.isoformat() in choices:
            self.initial["arrival"] = arrival.isoformat()
        elif "other_arrival" in self.fields:
            self.initial.update(arrival=choices[0], other_arrival=f"{arrival:%H:%M}")

    def clean(self) -> dict[str, Any]:
        """An hour that she types outside the hours that hold in principle stands in the place of the one chosen."""
        said = super().clean() or self.cleaned_data
        if said.get("other_arrival"):
            said["arrival"] = said["other_arrival"]
        return said
