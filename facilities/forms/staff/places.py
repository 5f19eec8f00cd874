"""How many places, on which days of a month: ticked one by one or by their weekday."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from facilities.selectors.holidays import holiday_name
from facilities.selectors.places import PlaceKind
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm, ManyChoiceCards, WholeNumberField

MOST = 99
HOLIDAY = "7"
"""Beside the weekdays, from Monday (0) to Sunday (6)."""


class PlacesForm(DadsForm):
    """`d` and `w` are days and weekdays; `place_<code>` a number of places, left as it is when empty.

    `without` names days, parted by commas, that are left out after a refusal: 「14日をのぞいて3日に反映」 sends them.
    Where something else is to be done with the days, `only_days`, the numbers may stay empty.
    """

    show_need = False

    d = forms.MultipleChoiceField(label="日", required=False)
    w = forms.MultipleChoiceField(
        label="曜日でまとめて選ぶ",
        required=False,
        choices=[*((str(number), weekday) for number, weekday in enumerate(wareki.WEEKDAYS)), (HOLIDAY, "祝")],
        widget=ManyChoiceCards(layout="tri"),
    )
    closed = forms.BooleanField(label="この日は休みにする", required=False)
    without = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[PlaceKind],
        days: Sequence[dt.date],
        first: bool,
        only_days: bool = False,
        **kwargs: Any,
    ):
        """`days` are those that may be set; `first` when the facility has never set any."""
        super().__init__(*args, **kwargs)
        self.kinds, self.first, self.only_days = kinds, first, only_days
        self.open = {day.isoformat(): day for day in days}
        ticked: Any = self.fields["d"]
        ticked.choices = [(name, name) for name in self.open]
        for kind in kinds:
            self.fields[_name(kind)] = WholeNumberField(
                label=f"{kind.label}の{kind.unit}数", highest=MOST, unit=kind.unit, required=False
            )
        self.order_fields(["d", "w", *map(_name, kinds), "closed"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "d" not in self.errors and "w" not in self.errors and not self.days():
            self.add_error("d", "日を選んでください。カレンダーの日か、曜日に印をつけます。")
        if self.only_days:
            return cleaned
        empty = [kind for kind in self.kinds if cleaned.get(_name(kind)) is None and _name(kind) not in self.errors]
        if cleaned.get("closed") or (empty != list(self.kinds) and not (self.first and empty)):
            return cleaned
        if empty:
            all_of_them = "はじめての設定では、すべての数を入力してください。受け入れないものは0です。"
            self.add_error(_name(empty[0]), all_of_them if self.first else "数を入力するか、休みにしてください。")
        return cleaned

    def days(self) -> list[dt.date]:
        """Ticked days and the days of ticked weekdays, but for those left out."""
        ticked, weekdays = (self.cleaned_data.get(name, []) for name in ("d", "w"))
        without = self.cleaned_data.get("without", "").split(",")
        return [
            day for name, day in self.open.items() if (name in ticked or _ticked(day, weekdays)) and name not in without
        ]

    def wanted(self) -> Mapping[str, int]:
        """Kind → places; a closed day has none of any kind."""
        if self.cleaned_data["closed"]:
            return {kind.code: 0 for kind in self.kinds}
        numbers = {kind.code: self.cleaned_data[_name(kind)] for kind in self.kinds}
        return {code: number for code, number in numbers.items() if number is not None}

    def refuse(self, kind: PlaceKind, sentence: str) -> None:
        """Mark the box whose number is too low."""
        self.add_error("closed" if self.cleaned_data.get("closed") else _name(kind), sentence)

    def numbers(self) -> list[forms.BoundField]:
        return [self[_name(kind)] for kind in self.kinds]


def _ticked(day: dt.date, weekdays: Sequence[str]) -> bool:
    return str(day.weekday()) in weekdays or (HOLIDAY in weekdays and bool(holiday_name(day)))


def _name(kind: PlaceKind) -> str:
    return f"place_{kind.code}"
