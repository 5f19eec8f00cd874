"""希望を電話で受ける: what she would have written herself, and who called when."""

import datetime as dt
from typing import Any

from django import forms

from facilities.forms.citizen.wish import WishForm
from facilities.forms.times import TypedTimeField
from facilities.models import Wish
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.forms import ChoiceCards, DateBoxesField


class PhonedWishForm(WishForm):
    """The instant is that of the call, not of typing."""

    show_need = False

    caller = forms.ChoiceField(label="電話した人", choices=Wish.Caller.choices, widget=ChoiceCards(layout="three"))
    heard_day = DateBoxesField(label="電話を受けた日")
    heard_time = TypedTimeField(label="電話を受けた時刻")

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        """`now` is aware, in Tokyo time."""
        super().__init__(*args, on=now.date(), **kwargs)
        self.now = now
        self.fields["caller"].initial = Wish.Caller.HERSELF
        self.fields["heard_day"].initial, self.fields["heard_time"].initial = now.date(), f"{now:%H:%M}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "heard_day" in cleaned and "heard_time" in cleaned and self._heard_at(cleaned) > self.now:
            self.add_error("heard_time", f"いまは{wareki.moment(self.now)}です。これからの時刻は入力できません。")
        return cleaned

    def heard(self) -> dict[str, Any]:
        """Who called and when, as `take_wish` takes it."""
        return {"caller": self.cleaned_data["caller"], "heard_at": self._heard_at(self.cleaned_data)}

    @staticmethod
    def _heard_at(cleaned: dict[str, Any]) -> dt.datetime:
        return dt.datetime.combine(cleaned["heard_day"], cleaned["heard_time"], clock.TOKYO)
