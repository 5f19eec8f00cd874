"""What the centre puts right of what a mother wrote, with the reason."""

import datetime as dt
from typing import Any

from django import forms

from applications.forms.apply.person import OLDEST, YOUNGEST
from applications.forms.offices import OFFICE, ask_office, settle_office
from applications.models import Application
from applications.selectors.rectifications import LABELS, stands
from eligibility.engine import Terms
from postpartum_portal.shared.forms import (
    DadsForm,
    DateBoxesField,
    KanaField,
    LineField,
    ManyChoiceCards,
    NameField,
    PhoneField,
    PostcodeField,
    WholeNumberField,
)

AROUND = dt.timedelta(days=400)
"""A due date further off is a slip of the year."""


class RectifyForm(DadsForm):
    """Every field holds what stands; what is left as it is does not change."""

    show_need = False
    name = NameField(label=LABELS["name"], autocomplete="off")
    kana = KanaField(label=LABELS["kana"])
    birth_date = DateBoxesField(label=LABELS["birth_date"])
    postcode = PostcodeField(label=LABELS["postcode"])
    address = LineField(label=LABELS["address"], limit=200)
    phone = PhoneField(label=LABELS["phone"])
    due_date = DateBoxesField(label=LABELS["due_date"])
    children = WholeNumberField(label=LABELS["children"], lowest=1, highest=9, unit="人")
    services = forms.MultipleChoiceField(label=LABELS["services"], widget=ManyChoiceCards(layout="duo"))
    reason = LineField(label="訂正の理由", help_text="「電話で本人に聞いた」など。本人のページにも出ます。", limit=200)
    stood = forms.JSONField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, application: Application, terms: Terms, on: dt.date, **kwargs: Any) -> None:
        shown = stands(application, terms)
        super().__init__(*args, initial={**shown, "stood": shown}, **kwargs)
        self.terms, self.office = terms, shown.get(OFFICE, "")
        self.fields = {name: field for name, field in self.fields.items() if name in {*shown, "reason", "stood"}}
        if "address" in self.fields:  # else it is kept back (支援措置)
            ask_office(self, terms, after="address")
        self._bound_days(on)
        for name in self.fields.keys() & {"name", "postcode", "phone"}:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not her own: the browser would fill in hers
        if "services" in self.fields:
            services: Any = self.fields["services"]
            services.choices = [(service.code, service.label) for service in terms.services]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        settle_office(self, cleaned, self.terms, before=self.office)
        if not isinstance(cleaned.get("stood"), dict):
            raise forms.ValidationError("開きなおしてから、もういちど直してください。")
        return cleaned

    @property
    def after(self) -> dict[str, Any]:
        """What was typed, days as text, as `rectify` takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "stood")}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in typed.items()}

    def _bound_days(self, on: dt.date) -> None:
        birth_date: Any = self.fields["birth_date"]
        birth_date.not_before = dt.date(on.year - OLDEST, 1, 1)
        birth_date.not_after = dt.date(on.year - YOUNGEST, 12, 31)
        if "due_date" in self.fields:
            due_date: Any = self.fields["due_date"]
            due_date.not_before, due_date.not_after = on - AROUND, on + AROUND
