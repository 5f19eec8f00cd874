"""空きのきまり: the week of each kind of place, what the ward comes first for, and until when requests are taken."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from facilities.forms.times import TypedTimeField
from facilities.models import Pattern
from facilities.selectors.notices import Notice
from facilities.selectors.places import PlaceKind
from facilities.services.patterns import LONGEST, Week
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, WholeNumberField
from postpartum_portal.shared.forms.dates import Typed

from .places import MOST

DAYS = (*wareki.WEEKDAYS, "祝")
MOST_DAYS, MOST_MONTHS = 90, 12


@dataclass(frozen=True, slots=True)
class KindFields:
    """The fields of one kind: eight numbers, then the rest."""

    kind: PlaceKind
    week: tuple[forms.BoundField, ...]
    ward: tuple[forms.BoundField, ...]
    ahead: forms.BoundField
    notice: tuple[forms.BoundField, ...]


class PlaceRulesForm(DadsForm):
    """For each kind of place the same fields, named by its code."""

    show_need = False

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[PlaceKind],
        patterns: Mapping[str, Pattern],
        notices: Mapping[str, Notice | None],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self._add(kind, patterns.get(kind.code), notices.get(kind.code))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in self.kinds:
            self._check_pair(kind, "ward_places", "ward_days", "何日前まで取っておくかを入力してください。")
            self._check_pair(kind, "notice_days", "notice_until", "何時までかを入力してください。")
            self._check_pair(kind, "notice_until", "notice_days", "何日前かを入力してください。当日は0です。")
        return cleaned

    def weeks(self) -> dict[str, Week]:
        """Kind → its week, as the service takes it."""
        return {kind.code: self._week(kind.code) for kind in self.kinds}

    def notices(self) -> dict[str, Notice | None]:
        """Kind → until when requests are taken; None: as long as the programme does."""
        found: dict[str, Notice | None] = {}
        for kind in self.kinds:
            days, until = (self.cleaned_data[f"{name}_{kind.code}"] for name in ("notice_days", "notice_until"))
            found[kind.code] = Notice(days, until) if until is not None and days is not None else None
        return found

    def sections(self) -> list[KindFields]:
        return [
            KindFields(
                kind=kind,
                week=tuple(self[_day(number, kind)] for number in range(len(DAYS))),
                ward=(self[f"ward_places_{kind.code}"], self[f"ward_days_{kind.code}"]),
                ahead=self[f"ahead_{kind.code}"],
                notice=(self[f"notice_days_{kind.code}"], self[f"notice_until_{kind.code}"]),
            )
            for kind in self.kinds
        ]

    def _week(self, code: str) -> Week:
        said = self.cleaned_data
        return Week(
            numbers=tuple(said[f"day{number}_{code}"] for number in range(len(DAYS))),
            ward_places=said[f"ward_places_{code}"] or 0,
            ward_days=said[f"ward_days_{code}"] or 0,
            months_ahead=said[f"ahead_{code}"] or 0,
        )

    def _add(self, kind: PlaceKind, pattern: Pattern | None, notice: Notice | None) -> None:
        numbers = pattern.numbers if pattern else []
        for number, day in enumerate(DAYS):
            initial = numbers[number] if number < len(numbers) else None
            # Eight boxes in a row have no room for sentences: what is wrong is told above the form, day by day.
            self._number(_day(number, kind), f"{kind.label} {day}", MOST, initial)
        code = kind.code
        places, days = (pattern.ward_places, pattern.ward_days) if pattern else (0, 0)
        self._number(f"ward_places_{code}", "産科のために取っておく数", MOST, places or None, unit=kind.unit)
        self._number(f"ward_days_{code}", "何日前まで取っておくか", MOST_DAYS, days or None, unit="日前まで", lowest=1)
        ahead = pattern.months_ahead or None if pattern else None
        self._number(f"ahead_{code}", "何か月先まで、自動で入れておくか", MOST_MONTHS, ahead, unit="か月先の月末まで")
        self._number(
            f"notice_days_{code}", "予約は何日前まで", MOST_DAYS, notice.days if notice else None, unit="日前の"
        )
        self.fields[f"notice_until_{code}"] = TypedTimeField(
            label="何時まで",
            required=False,
            initial=f"{notice.until:%H:%M}" if notice else None,
            help_text="16:00 のように入力します。",
        )

    def _number(
        self, name: str, label: str, highest: int, initial: int | None, *, unit: str = "", lowest: int = 0
    ) -> None:
        self.fields[name] = WholeNumberField(
            label=label, lowest=lowest, highest=highest, unit=unit, required=False, initial=initial
        )

    def _check_pair(self, kind: PlaceKind, given: str, needed: str, sentence: str) -> None:
        """What makes no sense without its other half."""
        one, other = f"{given}_{kind.code}", f"{needed}_{kind.code}"
        said = self.cleaned_data.get(one)
        half = said not in (None, 0) or (said == 0 and given != "ward_places")
        if half and self.cleaned_data.get(other) is None and other not in self.errors:
            self.add_error(other, sentence)


class SpanForm(DadsForm):
    """From which day to which day the rules are applied."""

    show_need = False

    first = DateBoxesField(label="はじめの日")
    last = DateBoxesField(label="おわりの日")
    by_hand = forms.BooleanField(label="手で決めた日も、きまりの数にする", required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first: Any = self.fields["first"]
        last: Any = self.fields["last"]
        first.not_before = last.not_before = on
        first.initial, last.initial = on, Typed(year=str(on.year))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", ValidationError("はじめの日より後の日を入力してください。", code="day"))
        elif first and last and last > first + LONGEST:
            self.add_error("last", ValidationError("一度に入れられるのは1年分までです。", code="month"))
        return cleaned


def _day(number: int, kind: PlaceKind) -> str:
    return f"day{number}_{kind.code}"
