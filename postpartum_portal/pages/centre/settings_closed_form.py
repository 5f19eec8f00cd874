"""Closed days as a decider types them: some taken away, one put in, with the reason."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from eligibility.engine import ClosedDays
from eligibility.public import MOST_DAYS, Settings, as_closed_days, as_rows, closed_in_words
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, LineField, ManyChoiceCards


class ClosedDaysForm(DadsForm):
    """`chosen`: the settings that a valid form asks for."""

    show_need = False

    label = LineField(label="入れる閉庁日の名前", help_text="例 年末年始、開庁記念日", limit=30, required=False)
    first = DateBoxesField(label="初めの日", required=False)
    last = DateBoxesField(label="終わりの日", help_text="1日だけのときは、空けておきます。", required=False)
    yearly = forms.BooleanField(label="毎年、同じ月日に閉める", required=False)
    remove = forms.MultipleChoiceField(label="外す閉庁日", widget=ManyChoiceCards, required=False)
    reason = LineField(label="変える理由", help_text="例 市の休日を定める条例", limit=200)

    def __init__(self, data: Any = None, *, standing: Settings, on: dt.date) -> None:
        self.standing, self.on = standing, on
        self.entered = as_closed_days(standing.closed_days)
        super().__init__(data)
        remove: Any = self.fields["remove"]
        remove.choices = [(str(place), words) for place, words in enumerate(self.in_words)]
        if not self.entered:
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._judge(said["label"], said["first"], said["last"], yearly=said["yearly"])
        if not self.errors and _days(self._closed(), on=self.on) > MOST_DAYS:
            self.add_error("last", f"閉庁日は、あわせて{MOST_DAYS}日までです。日を確かめてください。")
        return said

    @property
    def chosen(self) -> Settings:
        return replace(self.standing, closed_days=as_rows(self._closed()))

    @property
    def in_words(self) -> list[str]:
        return [closed_in_words(days) for days in self.entered]

    def _judge(self, label: str, first: dt.date | None, last: dt.date | None, *, yearly: bool) -> None:
        if not first:
            if label or last or yearly:
                self.add_error("first", "初めの日を入力してください。")
            return
        if not label:
            self.add_error("label", "閉庁日の名前を入力してください。")
        if last and last < first:
            self.add_error("last", "終わりの日は、初めの日からあとの日にしてください。")
        if first < self.on and not yearly:
            self.add_error("first", "もう過ぎた日は、閉庁日にできません。きょうからあとの日にしてください。")

    def _closed(self) -> tuple[ClosedDays, ...]:
        said = self.cleaned_data
        gone = {int(place) for place in said.get("remove", [])}
        kept = [days for place, days in enumerate(self.entered) if place not in gone]
        if said["first"]:
            kept.append(ClosedDays(said["label"], said["first"], said["last"] or said["first"], said["yearly"]))
        return as_closed_days(as_rows(dict.fromkeys(kept)))


def _days(closed: Iterable[ClosedDays], *, on: dt.date) -> int:
    return sum((days.last - days.first).days + 1 for days in closed if days.yearly or days.last >= on)
