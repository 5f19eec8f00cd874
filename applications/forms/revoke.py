"""What a decider fills in to end an approval: from which day, and why."""

import datetime as dt
from typing import Any

from django import forms

from applications.forms.reason import ReasonForm
from applications.selectors.case import Case
from postpartum_portal.shared.forms import DateBoxesField


class RevokeForm(ReasonForm):
    """`today`: the first day from which an approval may end."""

    label = "取り消す理由"

    effective_on = DateBoxesField(
        label="取り消す日",
        help_text="この日から使えません。これより前に利用した分は、変わりません。",
    )

    def __init__(self, *args: Any, case: Case, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.today = today

    def clean_effective_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["effective_on"]
        if day < self.today:
            raise forms.ValidationError("きょうか、これからの日を入れてください。")
        return day
