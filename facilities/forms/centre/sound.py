"""打診する: which facilities, which days to choose from, and until when they are to answer."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from facilities.forms.citizen.wish import ComingDayField
from facilities.forms.times import TypedTimeField
from facilities.models import Offering
from postpartum_portal.shared import clock
from postpartum_portal.shared.forms import DateBoxesField, ManyChoiceCards
from postpartum_portal.shared.forms.dates import Typed

from .terms import TermsForm

DAYS = ("day_1", "day_2", "day_3")
TIME_TO_ANSWER = dt.timedelta(days=2)
END_OF_WORK = dt.time(17)


class SoundForm(TermsForm):
    """Up to three days, of which a facility takes one, all at the same hour and length."""

    day_field = "day_1"

    offerings_asked = forms.MultipleChoiceField(label="打診する先", widget=ManyChoiceCards)
    day_1 = ComingDayField(label="1番目の候補の日")
    day_2 = ComingDayField(label="2番目の候補の日")
    day_3 = ComingDayField(label="3番目の候補の日")
    answer_day = DateBoxesField(label="返事の期限の日")
    answer_time = TypedTimeField(label="返事の期限の時刻")

    field_order = (
        "offerings_asked", *DAYS, "days", "arrival", "hours", "siblings", "allergies", "note",
        "answer_day", "answer_time", "token",
    )  # fmt: skip

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.offer("offerings_asked", [(pk, offering.facility.name) for pk, offering in self.offerings.items()])
        self.fields["answer_day"].initial = (now + TIME_TO_ANSWER).astimezone(clock.TOKYO).date()
        self.fields["answer_time"].initial = f"{END_OF_WORK:%H:%M}"
        for name in DAYS:
            day: Any = self.fields[name]
            day.not_before = clock.day_of(now)
            day.initial = day.initial or Typed(year=str(clock.day_of(now).year))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.first_days():
            self.add_error("day_1", ValidationError("候補の日を入力してください。", code="month"))
        if "answer_day" in cleaned and "answer_time" in cleaned and self.answer_by() <= self.now:
            self.add_error("answer_time", "これからの日時を入力してください。")
        return cleaned

    def chosen(self) -> list[Offering]:
        """Whom to ask."""
        return [self.offerings[pk] for pk in self.cleaned_data["offerings_asked"]]

    def first_days(self) -> list[dt.date]:
        """The days typed, each once, in their order."""
        typed = [self.cleaned_data.get(name) for name in DAYS]
        return list(dict.fromkeys(day for day in typed if day))

    def answer_by(self) -> dt.datetime:
        return dt.datetime.combine(self.cleaned_data["answer_day"], self.cleaned_data["answer_time"], clock.TOKYO)

    def asked(self) -> dict[str, Any]:
        """As `sound_out` takes it."""
        return {
            "first_days": self.first_days(),
            "days": self.cleaned_data.get("days", 1),
            "answer_by": self.answer_by(),
            **self.terms(),
        }
