"""Choosing days, and asking for them."""

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from eligibility import engine
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm, LineField

ISO_DAY = ["%Y-%m-%d"]
ISO_MONTH = ["%Y-%m"]
ARRIVAL_STEP = dt.timedelta(minutes=30)


class DayField(forms.DateField):
    """A day as an address or a hidden field names it, within the years that dates can be reckoned with."""

    default_validators = [MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]


def new_token() -> str:
    """A fresh name for one sending of the form."""
    return secrets.token_urlsafe(16)


class TokenField(forms.RegexField):
    """Hidden: makes a second sending of the same form harmless."""

    def __init__(self) -> None:
        super().__init__("^[A-Za-z0-9_-]{16,26}$", widget=forms.HiddenInput, initial=new_token)


class IntentForm(forms.Form):
    """What the address says of her intent: length, day of arrival, month shown. What cannot be read is left out."""

    days = forms.IntegerField(min_value=1, max_value=31, required=False)
    day = DayField(input_formats=ISO_DAY, required=False)
    month = DayField(input_formats=ISO_MONTH, required=False)

    def said(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AskForm(DadsForm):
    """The days she chose, when she comes, and a word to the facility."""

    days = forms.IntegerField(min_value=1, max_value=31, widget=forms.HiddenInput)
    day = DayField(input_formats=ISO_DAY, widget=forms.HiddenInput)
    token = TokenField()
    arrival = forms.TypedChoiceField(label="到着の時刻", coerce=dt.time.fromisoformat)
    note = LineField(
        label="施設に伝えること",
        required=False,
        limit=200,
        help_text="食べられないもの、上の子のことなど。",
    )

    def __init__(self, *args: Any, hours: engine.Hours, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrival: Any = self.fields["arrival"]
        arrival.choices = [(at.isoformat(), wareki.clock_time(at)) for at in arrivals_within(hours)]


def arrivals_within(hours: engine.Hours) -> list[dt.time]:
    """Every half hour from opening until an hour before closing."""
    moment = dt.datetime.combine(dt.date.min, hours.opens)
    latest = dt.datetime.combine(dt.date.min, hours.closes) - dt.timedelta(hours=1)
    found = []
    while moment <= latest:
        found.append(moment.time())
        moment += ARRIVAL_STEP
    return found
