"""When the mother told the facility that she cancels: the instant that decides, not the one of typing."""

import datetime as dt
from typing import Any

from django import forms

from facilities.forms.times import TypedTimeField
from facilities.models import Booking
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField

BEGUN = (
    "利用が始まったあとの時刻です。始まる前に連絡を受けたときは、その時刻を入力してください。"
    "来なかったときや不在だったときは、その日の予定から記録してください。"
)


class ContactForm(DadsForm):
    """連絡を受けた日時, to the minute: after the request was made and not in the future."""

    show_need = False

    day = DateBoxesField(label="連絡を受けた日")
    time = TypedTimeField(label="連絡を受けた時刻")

    def __init__(self, *args: Any, now: dt.datetime, requested_at: dt.datetime, **kwargs: Any) -> None:
        """`now` is aware, in Tokyo time."""
        kwargs.setdefault("initial", {"day": now.date(), "time": f"{now:%H:%M}"})
        super().__init__(*args, **kwargs)
        self.now, self.requested_at = now, requested_at.astimezone(clock.TOKYO).replace(second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "day" in cleaned and "time" in cleaned:
            at = self._contact_at(cleaned)
            if at > self.now:
                self.add_error("time", f"いまは{wareki.moment(self.now)}です。これからの時刻は入力できません。")
            elif at < self.requested_at:
                self.add_error(
                    "time", f"予約の依頼は{wareki.moment(self.requested_at)}です。それより後の時刻を入力してください。"
                )
        return cleaned

    def refuse_begun(self) -> None:
        """The instant lies after the use began: nothing was left to cancel then."""
        self.add_error("time", BEGUN)

    def contact_at(self) -> dt.datetime:
        """The instant as typed; the present minute as long as nothing is."""
        return self._contact_at(self.cleaned_data) if self.is_bound else self.now

    @staticmethod
    def _contact_at(cleaned: dict[str, Any]) -> dt.datetime:
        return dt.datetime.combine(cleaned["day"], cleaned["time"], clock.TOKYO)


class CorrectContactForm(ContactForm):
    """Another instant than the one that was recorded, and why."""

    why = forms.ChoiceField(label="直す理由", choices=Booking.ContactWhy.choices, widget=ChoiceCards)

    def refuse_same(self) -> None:
        self.add_error("time", "いまの記録と同じ日時です。直すときは、ほかの日時を入力してください。")
