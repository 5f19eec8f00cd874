"""What a nurse notes on the phone: an attempt to reach her, and what she says."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.forms.apply.handbook import LONGEST_AGO
from applications.models import Application, Hearing
from applications.selectors.answers import after_loss, circumstances
from applications.selectors.handbook import GIVEN_ON, handbook_words
from eligibility import engine
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField, LinesField

DAYS_AHEAD = 7
FIRST_HALF_HOUR, LAST_HALF_HOUR = 17, 37  # 8:30 to 18:30

WRITTEN = {True: "はい", False: "いいえ", None: "わからない"}


class CallForm(DadsForm):
    """An attempt to reach her. The button that was pressed says whether it did (`reached`)."""

    show_need = False
    call_back_on = forms.ChoiceField(label="かけ直す日", required=False)
    call_back_time = forms.ChoiceField(label="時刻", required=False)
    note = LineField(label="メモ", limit=200, required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_call_%s", **kwargs)  # the hearing beside it has a note too
        days = [on + dt.timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]
        times = [dt.time(*divmod(half * 30, 60)) for half in range(FIRST_HALF_HOUR, LAST_HALF_HOUR + 1)]
        day_field: Any = self.fields["call_back_on"]
        time_field: Any = self.fields["call_back_time"]
        day_field.choices = [
            ("", "決めていない"),
            *((day.isoformat(), "きょう" if day == on else wareki.short(day)) for day in days),
        ]
        time_field.choices = [
            ("", "決めていない"),
            *((f"{time:%H:%M}", wareki.clock_time(time)) for time in times),
        ]
        for field in (day_field, time_field):
            field.widget.attrs["class"] = "w14"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, time = cleaned.get("call_back_on"), cleaned.get("call_back_time")
        if bool(day) != bool(time) and not self.errors:
            raise ValidationError("かけ直す日と時刻は、両方を選んでください。")
        return cleaned

    @property
    def call_back_at(self) -> dt.datetime | None:
        """The promised instant in Tokyo time."""
        day, time = self.cleaned_data["call_back_on"], self.cleaned_data["call_back_time"]
        return dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=clock.TOKYO) if day and time else None


class HearingForm(DadsForm):
    """Her consent, the circumstances that the programme asks for, and what else she says. Any part may be missing.

    A question shows beside it what she wrote when she applied; it counts until she says otherwise on the phone.
    """

    show_need = False
    consent = forms.BooleanField(label="本人と確かめ、同意を得た", required=False)

    def __init__(
        self, *args: Any, application: Application, terms: engine.Terms, hearing: Hearing | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        written = circumstances(application, terms)
        for item in terms.circumstances:
            self.fields[item.code] = _question(item, written[item.code])
        if terms.application.handbook and not after_loss(application):
            self.fields[GIVEN_ON] = _handbook_day(handbook_words(application))
        self.fields["note"] = LinesField(label="聞いたこと", limit=2000, required=False)
        if hearing:
            told = {code: _as_initial(answer) for code, answer in hearing.told.items()}
            self.initial = {**told, "consent": hearing.consent, "note": hearing.note}

    @property
    def answers(self) -> dict[str, Any]:
        """Consent, note and what the programme asks, as `save_hearing` takes them."""
        return dict(self.cleaned_data)


def _question(item: engine.Circumstance, written: bool | None) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=item.question,
        help_text=f"申請では「{WRITTEN[written]}」",
        required=False,
        choices=[("yes", "はい"), ("no", "いいえ")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=ChoiceCards(layout="duo"),
    )


def _handbook_day(written: str) -> DateBoxesField:
    today = clock.today()
    return DateBoxesField(
        label="母子健康手帳の交付日",
        help_text=f"申請では「{written}」。わかったとき、違うときに入れます。",
        required=False,
        not_before=today - LONGEST_AGO,
        not_after=today,
    )


def _as_initial(answer: str | bool | None) -> str | None:
    """A day stands as it is kept."""
    if answer is None or isinstance(answer, str):
        return answer
    return "yes" if answer else "no"
