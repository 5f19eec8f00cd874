"""What is told to the centre by phone, at the counter or on paper, and taken down for her: by whom, and when."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.models import Birth
from applications.selectors.told_by import WHO
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, EmailField

from .birth import BirthForm

AS_TOLD = "この日でまちがいないと、確かめた"
LONGEST_AGO = dt.timedelta(days=366)


class Telling(forms.Form):
    """Who told it, and on which day."""

    who = forms.ChoiceField(
        label="だれから聞きましたか",
        choices=tuple(WHO.items()),
        widget=ChoiceCards(layout="duo"),
        error_messages={"required": "だれから聞いたかを選んでください。"},
    )
    told_on = DateBoxesField(label="聞いた日")

    def ask_when(self, today: dt.date) -> None:
        """Today stands there already; no day to come, and none that must be a slip of the year."""
        day: Any = self.fields["told_on"]
        day.not_before, day.not_after = today - LONGEST_AGO, today
        self.initial["told_on"] = today

    @property
    def told(self) -> dict[str, str]:
        """As the event of the deed keeps it."""
        return {"told_by": self.cleaned_data["who"], "told_on": self.cleaned_data["told_on"].isoformat()}


class TellingForm(Telling, DadsForm):
    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_when(today)


class ToldBirthForm(Telling, BirthForm):
    """The mother's form; a day far from the due date passes once somebody has asked again."""

    sure = forms.BooleanField(label=AS_TOLD, required=False)
    in_doubt = False

    def __init__(self, *args: Any, birth: Birth, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, birth=birth, today=today, **kwargs)
        self.ask_when(today)
        self.asked_again = self.fields.pop("sure")
        self.order_fields(["born_on", "children", "who", "told_on"])
        for name in ("born_on", "children"):
            self.fields[name].help_text = ""

    def clean_born_on(self) -> dt.date:
        try:
            return super().clean_born_on()
        except ValidationError:
            day: dt.date = self.cleaned_data["born_on"]
            if day > self.today:
                raise
            self.in_doubt = True
            if self.data.get("sure"):
                return day
            raise ValidationError(f"出産予定日と離れています。「{AS_TOLD}」に印をつけると記録できます。") from None

    def clean(self) -> dict[str, Any]:
        """Whether it is sure is asked, below the day, only where that is in doubt."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.in_doubt:
            self.fields["sure"] = self.asked_again
            self.order_fields(["born_on", "sure"])
        return cleaned


CHECKED = {
    "papers": "窓口で、本人確認の書類を見た",
    "phone": "登録の電話番号にかけ、氏名と生年月日を本人に言ってもらった",
}
"""How somebody made sure that it is she, by code."""


class OfferForm(DadsForm):
    """The address of a mother who applied on paper, for an account of hers."""

    email = EmailField(
        label="本人のメールアドレス", help_text="このアドレスの人が、申請、手紙、予約を見られるようになります。"
    )
    checked = forms.ChoiceField(
        label="本人と、どう確かめましたか",
        choices=tuple(CHECKED.items()),
        widget=ChoiceCards(),
        error_messages={"required": "本人と、どう確かめたかを選んでください。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"  # the browser knows the one who types
