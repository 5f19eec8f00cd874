"""日程を調整する: with whom, which day, how long."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from eligibility import engine
from eligibility.engine.uses import hours_of
from eligibility.engine.wording import hours_text
from facilities.forms.citizen.dates import TokenField, arrival_field
from facilities.models import Offering
from facilities.selectors.lengths import Length
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField

HALF_AN_HOUR = Decimal("0.5")
WORKING_DAY = 8
"""Hours of a visit to choose from where the programme sets no length."""


class ArrangeForm(DadsForm):
    """A stay has a length in days, a visit one in hours. What the rules say of it is for the page to show."""

    show_need = False

    offering = forms.ChoiceField(label="依頼する先", widget=ChoiceCards)
    day = DateBoxesField(label="日にち")
    days = forms.TypedChoiceField(label="長さ", coerce=int)
    arrival = forms.TypedChoiceField(label="はじまる時刻", coerce=dt.time.fromisoformat)
    hours = forms.TypedChoiceField(label="長さ", coerce=Decimal)
    note = LineField(
        label="依頼する先に伝えること",
        required=False,
        limit=200,
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
        **kwargs: Any,
    ) -> None:
        """`lengths` are those of a stay, with the first that is too long: choosing it shows why."""
        super().__init__(*args, **kwargs)
        self.service, self.offerings = service, {str(offering.pk): offering for offering in offerings}
        self._offer("offering", [(pk, offering.facility.name) for pk, offering in self.offerings.items()])
        self._offer("days", [(length.days, length.text) for length in lengths])
        self.fields["arrival"] = arrival_field("はじまる時刻", service.hours)
        self._offer("hours", _hours(service, children))
        if service.kind is engine.ServiceKind.STAY:
            self.fields["day"].help_text = "泊まりの、はじめの日です。"
        else:
            del self.fields["days"]
        if service.kind is not engine.ServiceKind.VISIT:
            del self.fields["hours"]

    def chosen(self) -> Offering:
        """With whom."""
        return self.offerings[self.cleaned_data["offering"]]

    def asked(self) -> dict[str, Any]:
        """Days, hour, length and words, as `arrange` takes them."""
        cleaned = self.cleaned_data
        return {
            "first_day": cleaned["day"],
            "last_day": cleaned["day"] + dt.timedelta(days=cleaned.get("days", 1) - 1),
            "arrival": cleaned["arrival"],
            "hours": cleaned.get("hours"),
            "note": cleaned["note"],
        }

    def use(self) -> engine.Use:
        """What is asked for, as the rules see it."""
        asked = self.asked()
        return engine.Use(
            self.service.code,
            asked["first_day"],
            asked["last_day"],
            start_time=asked["arrival"],
            hours=float(asked["hours"]) if asked["hours"] else None,
        )

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


def _hours(service: engine.Service, children: int) -> list[tuple[str, str]]:
    """Every half hour up to the longest visit that the programme allows."""
    longest = hours_of(engine.Use(service.code, dt.date.min, dt.date.min), service, children) or WORKING_DAY
    steps = [HALF_AN_HOUR * number for number in range(1, int(longest * 2) + 1)]
    return [(str(hours), hours_text(float(hours))) for hours in steps]
