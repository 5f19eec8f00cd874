"""日程を調整する: with whom, which day, how long."""

import datetime as dt
from typing import Any

from django import forms

from eligibility import engine
from facilities.models import Offering
from postpartum_portal.shared.forms import ChoiceCards, DateBoxesField

from .terms import TermsForm


class ArrangeForm(TermsForm):
    """One day at one of them. What the rules say of it is for the page to show."""

    offering = forms.ChoiceField(label="依頼する先", widget=ChoiceCards)
    day = DateBoxesField(label="日にち")

    field_order = ("offering", "day", "days", "arrival", "hours", "siblings", "allergies", "note", "token")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("offering", [(pk, offering.facility.name) for pk, offering in self.offerings.items()])
        if self.service.kind is engine.ServiceKind.STAY:
            self.fields["day"].help_text = "泊まりの、はじめの日です。"

    def chosen(self) -> Offering:
        """With whom."""
        return self.offerings[self.cleaned_data["offering"]]

    def asked(self) -> dict[str, Any]:
        """Days, hour, length and words, as `arrange` takes them."""
        first_day = self.cleaned_data["day"]
        last_day = first_day + dt.timedelta(days=self.cleaned_data.get("days", 1) - 1)
        return {"first_day": first_day, "last_day": last_day, **self.terms()}

    def use(self) -> engine.Use:
        """What is asked for, as the rules see it."""
        asked = self.asked()
        return engine.Use(
            self.service.code,
            asked["first_day"],
            asked["last_day"],
            start_time=asked["arrival"],
            hours=float(asked["hours"]) if asked["hours"] else None,
            siblings=asked["siblings"],
        )
