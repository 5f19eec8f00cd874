"""The visit before the visits: when it is, another day for it, giving it up, and what was agreed."""

import datetime as dt
from typing import Any

from django import forms

from eligibility import engine
from facilities.forms.citizen.dates import TokenField, arrival_field
from facilities.forms.staff.contact import ContactForm
from facilities.models import Offering
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField
from postpartum_portal.shared.forms.dates import Typed


class PlanForm(DadsForm):
    """Who comes, on which day, at which hour; also one that has been, to be recorded as done next."""

    show_need = False

    offering = forms.ChoiceField(label="訪問する人", widget=ChoiceCards)
    day = DateBoxesField(label="事前訪問の日")
    token = TokenField()

    def __init__(
        self, *args: Any, service: engine.Service, offerings: tuple[Offering, ...], on: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offerings = {str(offering.pk): offering for offering in offerings}
        choice: Any = self.fields["offering"]
        choice.choices = [(pk, offering.facility.name) for pk, offering in self.offerings.items()]
        if len(self.offerings) == 1:
            choice.initial = next(iter(self.offerings))
        self.fields["day"].initial = Typed(year=str(on.year))
        self.fields["arrival"] = arrival_field("はじまる時刻", service.hours)

    def said(self) -> dict[str, Any]:
        """As `plan_preparation` takes it, after the wish."""
        cleaned = self.cleaned_data
        return {
            "offering": self.offerings[cleaned["offering"]],
            "day": cleaned["day"],
            "arrival": cleaned["arrival"],
        }


class OtherTimeForm(ContactForm):
    """Another day or hour, and when that was agreed on the phone."""

    prefix = "move"

    def __init__(self, *args: Any, service: engine.Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_day"] = DateBoxesField(label="新しい日")
        self.fields["new_arrival"] = arrival_field("新しいはじまる時刻", service.hours)
        self.fields["new_day"].initial = Typed(year=str(self.now.year))
        self.order_fields(["new_day", "new_arrival", "day", "time"])

    def said(self) -> dict[str, Any]:
        """As `move_preparation` takes it."""
        cleaned = self.cleaned_data
        return {"day": cleaned["new_day"], "arrival": cleaned["new_arrival"], "contact_at": self.contact_at()}


class GiveUpForm(ContactForm):
    """When she, or whoever was to come, called it off."""

    prefix = "cancel"


class AgreedForm(DadsForm):
    """What they have agreed on, for the centre that books it."""

    prefix = "done"
    show_need = False

    agreed = LineField(
        label="決めた日時と内容",
        limit=200,
        help_text="4月7日と14日の10時から2時間、沐浴の手伝い など。体調や病気のことは書かないでください。200字まで。",
    )
