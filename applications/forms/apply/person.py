"""Step あなた: who she is and how to reach her."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.offices import ask_office, settle_office
from applications.models import Birth
from applications.selectors.summary import CALL_TIMES
from applications.steps import Step
from eligibility.engine.families import families_named
from postpartum_portal.shared.forms import (
    ChoiceCards,
    DateBoxes,
    DateBoxesField,
    KanaField,
    LineField,
    ManyChoiceCards,
    NameField,
    PhoneField,
    PostcodeField,
)

from .base import StepForm, yes_no

YOUNGEST, OLDEST = 10, 70
"""Years. Whoever types the child's day of birth here is told so."""
RESIDENT_HELP = gettext_lazy("住民登録のあるまちの制度です。センターが台帳で確かめます。")


class PersonForm(StepForm):
    step = Step.PERSON
    heading = gettext_lazy("あなたについて")

    name = NameField(
        label=gettext_lazy("氏名"), help_text=gettext_lazy("住民票のとおりに。髙、﨑などの字も、そのまま使えます。")
    )
    kana = KanaField(label=gettext_lazy("ふりがな"))
    birth_date = DateBoxesField(
        label=gettext_lazy("生年月日"),
        help_text=gettext_lazy("年は「1994」「H6」「平成6」のどれでも。"),
        widget=DateBoxes(birthday=True),
    )
    postcode = PostcodeField(label=gettext_lazy("郵便番号"))
    address = LineField(
        label=gettext_lazy("住所"),
        help_text=gettext_lazy("住民票の住所。通知書に載せます。"),
        limit=200,
        widget=forms.TextInput,
    )
    phone = PhoneField(
        label=gettext_lazy("電話番号"),
        help_text=gettext_lazy("日中に出られる番号。センターから、ようすを聞く電話をします。"),
    )
    call_times = forms.MultipleChoiceField(
        label=gettext_lazy("電話がつながりやすい時間"),
        help_text=gettext_lazy("ご都合のわるい時間をさけて電話します。"),
        required=False,
        choices=tuple(CALL_TIMES.items()),
        widget=ManyChoiceCards(layout="duo"),
    )

    def ask(self) -> None:
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"
        ask_office(self, self.terms, after="address")
        bound_birth_date(self, self.on)
        families = [choice for choice in Birth.Family.choices if choice[0] in families_named(self.terms)]
        if len(families) > 1 and not self.after_loss:
            self.fields["family"] = forms.ChoiceField(
                label=_("ご家庭"),
                help_text=_("使える種類が変わることがあります。"),
                choices=families,
                widget=ChoiceCards(),
                initial=Birth.Family.MOTHER,
                error_messages={"required": _("ご家庭を選んでください。")},
            )
        for item in self.terms.circumstances:
            if item.code == "resident":
                self.fields[item.code] = yes_no(item.question, RESIDENT_HELP)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        settle_office(self, cleaned, self.terms)
        return cleaned


def bound_birth_date(form: forms.Form, on: dt.date) -> None:
    """Let the box `birth_date` take the years in which a mother may be born."""
    field: Any = form.fields["birth_date"]
    field.not_before, field.not_after = dt.date(on.year - OLDEST, 1, 1), dt.date(on.year - YOUNGEST, 12, 31)
