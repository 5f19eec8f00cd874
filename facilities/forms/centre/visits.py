"""事前訪問で決めた日を予約する: each day with its hour, one length for all of them."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from eligibility import engine
from facilities.forms.citizen.dates import arrival_field
from facilities.forms.citizen.wish import ComingDayField
from postpartum_portal.shared.forms.dates import Typed

from .terms import TermsForm


class VisitsForm(TermsForm):
    """As many rows as visits are left. A row without a day is none."""

    day_field = "day_1"

    def __init__(self, *args: Any, most: int, on: dt.date, **kwargs: Any) -> None:
        """`most`: visits that are left."""
        super().__init__(*args, **kwargs)
        del self.fields["arrival"]
        self.rows = [(f"day_{number}", f"arrival_{number}") for number in range(1, most + 1)]
        for number, (day, arrival) in enumerate(self.rows, start=1):
            self.fields[day] = ComingDayField(label=f"{number}回目の日")
            self.fields[day].initial = Typed(year=str(on.year))
            self.fields[arrival] = arrival_field(f"{number}回目のはじまる時刻", self.service.hours)
            self.fields[arrival].required = False
        self.order_fields([*(name for row in self.rows for name in row), "hours", "note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._filled():
            self.add_error("day_1", ValidationError("日を入力してください。", code="month"))
        for _day, arrival in self._filled():
            if not cleaned.get(arrival) and arrival not in self.errors:
                self.add_error(arrival, "はじまる時刻を選んでください。")
        return cleaned

    def visits(self) -> list[tuple[dt.date, dt.time]]:
        """As `arrange_visits` takes them."""
        return [(self.cleaned_data[day], self.cleaned_data[arrival]) for day, arrival in self._filled()]

    def refuse_visit(self, number: int, findings: tuple[engine.Finding, ...]) -> None:
        """Say at the row of the visit `number`, counted from 0, what rules speak against it."""
        day, arrival = self._filled()[number]
        for finding in findings:
            at = {"hours": arrival, "duration": "hours"}.get(finding.code, day)
            self.add_error(at, finding.fact)

    def _filled(self) -> list[tuple[str, str]]:
        return [row for row in self.rows if self.cleaned_data.get(row[0])]
