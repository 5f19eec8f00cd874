"""An attempt to reach her by phone, and when to try again."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.selectors.calling import CallTime
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LineField

DAYS_AHEAD = 7
FIRST_HALF_HOUR, LAST_HALF_HOUR = 17, 37  # 8:30 to 18:30


class CallForm(DadsForm):
    """An attempt to reach her. The button that was pressed says whether it did (`reached`).

    `offered` are times at which she said that she can be reached; beside them any day and time may be chosen. `known`:
    how many calls stood on the page.
    """

    show_need = False
    call_back_on = forms.ChoiceField(label="ほかの日にかけ直す", required=False)
    call_back_time = forms.ChoiceField(label="時刻", required=False)
    note = LineField(label="メモ", limit=200, required=False)
    known = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, on: dt.date, offered: Iterable[CallTime] = (), **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_call_%s", **kwargs)  # the hearing beside it has a note too
        times = tuple(offered)
        if times:
            self.fields = {"call_back_at": _offered(times), **self.fields}
        self._offer_any(on)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, time = cleaned.get("call_back_on"), cleaned.get("call_back_time")
        if bool(day) != bool(time) and not self.errors:
            raise ValidationError("かけ直す日と時刻は、両方を選んでください。")
        return cleaned

    @property
    def call_back_at(self) -> dt.datetime | None:
        """The promised instant in Tokyo time: a day and time of its own before one that was offered."""
        day, time = self.cleaned_data["call_back_on"], self.cleaned_data["call_back_time"]
        if day and time:
            return dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=clock.TOKYO)
        offered = self.cleaned_data.get("call_back_at")
        return dt.datetime.fromisoformat(offered).replace(tzinfo=clock.TOKYO) if offered else None

    def _offer_any(self, on: dt.date) -> None:
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


def _offered(times: tuple[CallTime, ...]) -> forms.ChoiceField:
    choices = [(f"{time.at:%Y-%m-%dT%H:%M}", f"{wareki.moment(time.at)}({time.word})") for time in times]
    return forms.ChoiceField(
        label="つながりやすい時間にかけ直す",
        required=False,
        choices=[*choices, ("", "決めていない")],
        widget=ChoiceCards(),
    )
