"""The code that a facility said on the phone, and what is asked before its days are booked."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from facilities.forms.code import CodeField
from postpartum_portal.shared.forms import DadsForm

from .dates import AskForm, agreed

OF_THE_CALENDAR = ("days", "day", "token", "provisional", "called")


class CodeForm(DadsForm):
    """Six digits, and nothing else."""

    show_need = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label=_("予約コード"), help_text=_("施設が電話で伝えた、6けたの数字です。"))


class HeldForm(AskForm):
    """When she comes, a word to the facility, her others: the days are the hold's, and the code says which."""

    code = CodeField(label=gettext_lazy("予約コード"))

    def __init__(self, *args: Any, code: str, arrival: dt.time | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"code": code}, **kwargs)
        for name in OF_THE_CALENDAR:
            self.fields.pop(name, None)
        self.fields["code"].widget = forms.HiddenInput()
        if arrival:
            self.initial["arrival"] = agreed(self.fields["arrival"], arrival)
