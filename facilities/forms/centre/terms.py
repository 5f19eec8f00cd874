"""What the centre asks for, whomever it asks: how long, from which hour, who comes along, a word to the facility."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from eligibility import engine
from eligibility.engine.uses import hours_of
from eligibility.engine.wording import hours_text
from facilities.forms.citizen.dates import NOTE_LIMIT, TokenField, allergies_field, arrival_field, siblings_field
from facilities.models import Offering
from facilities.selectors.lengths import Length
from postpartum_portal.shared.forms import DadsForm, LineField

HALF_AN_HOUR = Decimal("0.5")
WORKING_DAY = 8
"""Hours of a visit to choose from where the programme sets no length."""

SIBLINGS_HELP = "お母さんに聞いてください。受け入れる施設と、受け入れない施設があります。"
ALLERGIES_HELP = "お母さんに聞いてください。食事の用意のため、依頼する先だけに伝わります。なければ空けておきます。"

AT_FIELD = {"duration": "hours", "hours": "arrival", "siblings": "siblings"}
"""The rule that speaks against a use → the field to change; with every other rule it is the day."""


class TermsForm(DadsForm):
    """A stay has a length in days, a visit one in hours. Siblings and allergies matter where she goes somewhere.

    `day_field`: which of the form's fields holds the day.
    """

    show_need = False
    day_field = "day"

    days = forms.TypedChoiceField(label="長さ", coerce=int)
    arrival = forms.TypedChoiceField(label="はじまる時刻", coerce=dt.time.fromisoformat)
    hours = forms.TypedChoiceField(label="長さ", coerce=Decimal)
    note = LineField(
        label="依頼する先に伝えること",
        required=False,
        limit=NOTE_LIMIT,
        help_text="センターへのメモは伝わりません。体調や病気のことは書かないで、電話で伝えてください。",
    )
    token = TokenField()

    def __init__(
        self,
        *args: Any,
        service: engine.Service,
        offerings: Sequence[Offering],
        lengths: Sequence[Length],
        children: int,
        born: bool,
        **kwargs: Any,
    ) -> None:
        """`lengths` are those of a stay, with the first that is too long: choosing it shows why."""
        super().__init__(*args, **kwargs)
        self.service, self.offerings = service, {str(offering.pk): offering for offering in offerings}
        self.offer("days", [(length.days, length.text) for length in lengths])
        self.fields["arrival"] = arrival_field("はじまる時刻", service.hours)
        self.offer("hours", _hours(service, children))
        if service.kind is not engine.ServiceKind.STAY:
            del self.fields["days"]
        if service.kind is not engine.ServiceKind.VISIT:
            del self.fields["hours"]
        if service.kind is not engine.ServiceKind.VISIT:
            self._ask_what_she_needs(siblings=born)
        self.order_fields(self.field_order)

    def terms(self) -> dict[str, Any]:
        """What is asked for besides the day, as the services take it."""
        cleaned = self.cleaned_data
        return {
            "arrival": cleaned["arrival"],
            "hours": cleaned.get("hours"),
            "siblings": bool(cleaned.get("siblings")),
            "allergies": cleaned.get("allergies", ""),
            "note": cleaned["note"],
        }

    def refuse(self, findings: Sequence[engine.Finding]) -> None:
        """Say at the fields what rules speak against them."""
        for finding in findings:
            field = AT_FIELD.get(finding.code, self.day_field)
            self.add_error(field if field in self.fields else self.day_field, finding.fact)

    def _ask_what_she_needs(self, *, siblings: bool) -> None:
        """As she said with her wish, to be asked again: days have passed."""
        if siblings:
            self.fields["siblings"] = siblings_field(SIBLINGS_HELP)
        self.fields["allergies"] = allergies_field()
        self.fields["allergies"].help_text = ALLERGIES_HELP

    def offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _hours(service: engine.Service, children: int) -> list[tuple[str, str]]:
    """Every half hour up to the longest visit that the programme allows."""
    longest = hours_of(engine.Use(service.code, dt.date.min, dt.date.min), service, children) or WORKING_DAY
    steps = [HALF_AN_HOUR * number for number in range(1, int(longest * 2) + 1)]
    return [(str(hours), hours_text(float(hours))) for hours in steps]
