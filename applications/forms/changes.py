"""What a family reports as changed: a form per kind, which offers what is on file and cleans to a notice's fields."""

import datetime as dt
import secrets
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.offices import OFFICE, ask_office, settle_office
from applications.models import ChangeNotice
from applications.selectors.changes import OnFile
from eligibility.engine import HouseholdClass
from postpartum_portal.shared.forms import (
    ChoiceCards,
    DadsForm,
    DateBoxesField,
    KanaField,
    LineField,
    NameField,
    PhoneField,
    PostcodeField,
)

Kind = ChangeNotice.Kind
FAR = dt.timedelta(days=365)
"""How long ago, or how far ahead, a day may lie before it is taken for a slip of the year."""
SAME_AS_NOW = gettext_lazy("いまと同じです。変わったところを直してください。")
SAME_AS_REPORTED = gettext_lazy("届け出ずみの内容と同じです。変わったところを直してください。")


def _new_token() -> str:
    return secrets.token_urlsafe(16)


class ChangeForm(DadsForm):
    """One kind. `values()` are the notice's fields, `effective_on` the day from which they hold; the page prints the
    button, since what follows is shown before anything is reported.
    """

    kind: ClassVar[Kind]
    token = forms.RegexField(
        "^[A-Za-z0-9_-]{16,26}$", widget=forms.HiddenInput, initial=lambda: secrets.token_urlsafe(16)
    )

    def __init__(self, data: QueryDict | None = None, *, found: OnFile, today: dt.date) -> None:
        super().__init__(data, initial=found.stands(self.kind, on=today))
        self.found, self.today = found, today
        self.ask()

    def ask(self) -> None:
        """Adjust the fields that depend on the family or on today."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and self.values() == self.found.stands(self.kind, on=self.effective_on):
            now = self.values() == self.found.stands(self.kind, on=self.today)
            self.add_error(None, SAME_AS_NOW if now else SAME_AS_REPORTED)
        return cleaned

    @property
    def effective_on(self) -> dt.date:
        return self.today

    def values(self) -> dict[str, Any]:
        """What was typed, by the fields of a notice of this kind."""
        return {name: self.cleaned_data[name] for name in self.found.stands(self.kind, on=self.today)}

    def sent(self) -> list[tuple[str, str]]:
        """All that stood in its boxes, to be sent once more with the confirmation."""
        own = [name for name in self.data if name in self.fields or name.rpartition("_")[0] in self.fields]
        return [(name, str(self.data[name])) for name in own]


class NameForm(ChangeForm):
    kind = Kind.NAME
    name = NameField(label=gettext_lazy("新しい氏名"), help_text=gettext_lazy("住民票のとおりに。"))
    kana = KanaField(label=gettext_lazy("ふりがな"))


class AddressForm(ChangeForm):
    kind = Kind.ADDRESS
    postcode = PostcodeField(label=gettext_lazy("新しい郵便番号"))
    address = LineField(label=gettext_lazy("新しい住所"), limit=200, widget=forms.TextInput)

    def ask(self) -> None:
        self.fields["address"].widget.attrs["autocomplete"] = "street-address"
        ask_office(self, self.found.terms, after="address")

    def clean(self) -> dict[str, Any]:
        """A move within the city may lead to another office: the new address says so before the old choice does."""
        stood = self.found.household.office
        settle_office(self, self.cleaned_data, self.found.terms, before=stood)
        self.cleaned_data.setdefault(OFFICE, stood)
        return super().clean()


class PhoneForm(ChangeForm):
    kind = Kind.PHONE
    phone = PhoneField(label=gettext_lazy("新しい電話番号"), help_text=gettext_lazy("日中に出られる番号。"))


class EmergencyForm(ChangeForm):
    """All three or none of them; only the relation may be left out."""

    kind = Kind.EMERGENCY
    emergency_name = NameField(label=gettext_lazy("緊急連絡先の氏名"), autocomplete="off", required=False)
    emergency_relation = LineField(
        label=gettext_lazy("あなたとの関係"), help_text=gettext_lazy("夫、母、友人など。"), limit=20, required=False
    )
    emergency_phone = PhoneField(label=gettext_lazy("緊急連絡先の電話番号"), required=False)

    def ask(self) -> None:
        for name in ("emergency_relation", "emergency_phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # not her own: the browser would fill in hers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for given, lacking in (("emergency_name", "emergency_phone"), ("emergency_phone", "emergency_name")):
            if cleaned.get(given) and not cleaned.get(lacking) and lacking not in self.errors:
                self.add_error(lacking, _("氏名と電話番号は、両方入力してください。"))
        return cleaned


class ClassForm(ChangeForm):
    kind = Kind.HOUSEHOLD_CLASS
    household_class = forms.ChoiceField(label=gettext_lazy("新しい区分"), widget=ChoiceCards())
    since = DateBoxesField(label=gettext_lazy("いつから"), help_text=gettext_lazy("区分が変わる日。"))

    def ask(self) -> None:
        choices: Any = self.fields["household_class"]
        choices.choices = [(item.code, _named(item)) for item in self.found.terms.classes]
        since: Any = self.fields["since"]
        since.not_after = self.today + FAR
        since.not_before = max((row.starts_on for row in self.found.classes), default=self.today - FAR)

    @property
    def effective_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["since"]
        return day


class MovingForm(ChangeForm):
    """The day of moving out; `stays` takes back a move that lies ahead."""

    kind = Kind.MOVING_AWAY
    moves_out_on = DateBoxesField(label=gettext_lazy("転出する日"), help_text=gettext_lazy("転出届に書く「異動日」。"))
    stays = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def ask(self) -> None:
        day: Any = self.fields["moves_out_on"]
        day.not_before, day.not_after = self.today - FAR, self.today + FAR
        day.required = not self.data.get("stays")

    @property
    def may_stay(self) -> bool:
        """Whether a move is on file that lies ahead."""
        day = self.found.birth.moves_out_on
        return day is not None and day >= self.today

    def clean_moves_out_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["moves_out_on"]
        return None if self.data.get("stays") else day

    def values(self) -> dict[str, Any]:
        day = self.cleaned_data["moves_out_on"]
        return {"moves_out_on": day.isoformat() if day else None}

    @property
    def effective_on(self) -> dt.date:
        day: dt.date | None = self.cleaned_data["moves_out_on"]
        return day or self.today


def _named(household: HouseholdClass) -> str:
    """As the application offers it; a class for all others, which needs no proof, by its name too."""
    return household.choice if household.proof else f"{household.choice}({household.label})"


FORMS: dict[Kind, type[ChangeForm]] = {
    form.kind: form for form in (NameForm, AddressForm, PhoneForm, EmergencyForm, ClassForm, MovingForm)
}


def change_form(kind: Kind, found: OnFile, data: QueryDict | None = None, *, today: dt.date) -> ChangeForm:
    """The form of a kind, offering what is on file."""
    return FORMS[kind](data, found=found, today=today)
