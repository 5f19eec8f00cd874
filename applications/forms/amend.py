"""What a decider fills in to change an approval: all that it is to give from now on, and why."""

from typing import Any

from django import forms

from applications.forms.granting import GrantForm
from applications.forms.reason import GivesReason, reason_field
from applications.selectors.amendments import Given
from applications.selectors.case import Case
from eligibility import engine
from postpartum_portal.shared.forms import WholeNumberField


class AmendForm(GivesReason, GrantForm):
    """Preselected: what it gives now. `based_on` names the change that stood when the page was opened."""

    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, given: Given, **kwargs: Any) -> None:
        self.given = given
        super().__init__(*args, case=case, services=given.granted["services"], **kwargs)
        self.fields["services"].label = "使える種類"
        self.fields["extension_reason"].initial = given.granted["extension_reason"]
        self.fields["reason"] = reason_field("変更の理由")

    @property
    def change(self) -> dict[str, Any]:
        """The arguments of `prepare_change`."""
        return {**self.grant, "reason": self.cleaned_data["reason"]}

    def _limit(self, pool: engine.Pool) -> WholeNumberField:
        field = super()._limit(pool)
        field.initial = self.given.granted["limits"].get(pool.code, field.initial)
        return field

    def class_codes(self) -> list[str]:
        """The class that sets the price now is a choice too."""
        return [self.class_now(), *super().class_codes()]

    def class_now(self) -> str:
        return str(self.given.granted["class_code"])
