"""What the centre puts right of what a mother wrote, with the reason."""

import datetime as dt
from typing import Any

from django import forms

from applications.forms.apply.person import bound_birth_date
from applications.forms.offices import OFFICE, ask_office, settle_office
from applications.models import Application
from applications.selectors.rectifications import LABELS, kept_back, stands
from eligibility.engine import Terms
from postpartum_portal.shared.forms import (
    DadsForm,
    DateBoxesField,
    KanaField,
    LineField,
    ManyChoiceCards,
    MappingField,
    NameField,
    PhoneField,
    PostcodeField,
    WholeNumberField,
)

AROUND = dt.timedelta(days=400)
"""A due date further off is a slip of the year."""
UNSEEN = "支援措置のため、いまのものは表示していません。変わったときだけ、新しい{label}を入れます。"
TOGETHER = "新しい郵便番号と住所は、いっしょに入れてください。"


class RectifyForm(DadsForm):
    """Every field holds what stands; what is left as it is does not change.

    An address that is kept back (支援措置) is not among what stands: its boxes are empty, and take a new one.
    """

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
    stood = MappingField()

    def __init__(self, *args: Any, application: Application, terms: Terms, on: dt.date, **kwargs: Any) -> None:
        shown = stands(application, terms)
        super().__init__(*args, initial={**shown, "stood": shown}, **kwargs)
        self.terms, self.office = terms, shown.get(OFFICE, "")
        self.unseen = kept_back(application, terms).keys()
        asked = {*shown, *self.unseen, "reason", "stood"}
        self.fields = {name: field for name, field in self.fields.items() if name in asked}
        ask_office(self, terms, after="address")
        for name in self.unseen & {"postcode", "address"}:
            self.fields[name].required = False
            self.fields[name].help_text = UNSEEN.format(label=self.fields[name].label)
        bound_birth_date(self, on)
        if "due_date" in self.fields:
            due_date: Any = self.fields["due_date"]
            due_date.not_before, due_date.not_after = on - AROUND, on + AROUND
        for name in self.fields.keys() & {"name", "postcode", "phone"}:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not her own: the browser would fill in hers
        if "services" in self.fields:
            services: Any = self.fields["services"]
            services.choices = [(service.code, service.label) for service in terms.services]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._settle_address(cleaned)
        if not cleaned.get("stood"):
            raise forms.ValidationError("開きなおしてから、もういちど直してください。")
        return cleaned

    @property
    def after(self) -> dict[str, Any]:
        """What was typed, days as text, as `rectify` takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("reason", "stood")}
        return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in typed.items()}

    def _settle_address(self, cleaned: dict[str, Any]) -> None:
        """What nobody sees is typed anew as a whole, or stays as it is."""
        boxes = [name for name in ("postcode", "address") if name in self.unseen]
        if boxes and not any(cleaned.get(name) for name in boxes):
            for name in self.unseen:
                cleaned.pop(name, None)
            return
        for name in boxes:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, TOGETHER)
        settle_office(self, cleaned, self.terms, before=self.office)
