"""訪問の地域と時間: where, on which weekdays from when until when, and days on which nobody is visited."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError

from facilities.models import VisitPlan
from facilities.selectors.visiting import spans_told
from postpartum_portal.shared import text, wareki
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, LineField, WholeNumberField
from postpartum_portal.shared.forms.dates import Typed
from postpartum_portal.shared.forms.text import LinesField

Span = tuple[dt.time, dt.time]

NUMBERS = ("at_once", "travel_minutes", "visit_minutes")
MOST_PEOPLE, MOST_TRAVEL, LONGEST = 50, 180, 480
_HOUR = r"(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分?)?)?"
_SPAN = re.compile(f"{_HOUR}(?:〜|-|から){_HOUR}(?:まで)?")


class SpansField(LineField):
    """`9:00〜12:00、13:00〜17:00`, `9時から17時まで`, `9-17`, in any width; cleans to spans in order, empty to none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=60, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = text.fold_dashes(super().clean(value)).replace("~", "〜").replace(" ", "")
        spans = sorted(_span(part) for part in re.split("[、,・]", typed) if part)
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValidationError("時間が重なっています。1つにまとめてください。", code="spans")
        return tuple(spans)


class VisitPlanForm(DadsForm):
    """Each weekday on a line; an empty one is a day without visits."""

    show_need = False

    areas = LinesField(
        label="訪問する地域",
        required=False,
        limit=400,
        help_text="市区町村や町の名前を、1行に1つ書きます。小平市、喜平町 など。どこへでも行くときは空けておきます。",
    )

    def __init__(self, *args: Any, plan: VisitPlan | None, area: str, unknown_length: bool, **kwargs: Any) -> None:
        """`plan`: as it stands; `area`: of the municipality's list; `unknown_length`: some programme publishes none."""
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.initial.setdefault("areas", "\n".join(plan.areas) if plan else area)
        for number, weekday in enumerate(wareki.WEEKDAYS):
            self.fields[f"day_{number}"] = SpansField(label=f"{weekday}曜日の訪問の時間")
            self.initial[f"day_{number}"] = spans_told(plan.spans_of(number)) if plan else ""
        self.fields["day_0"].help_text = "9:00〜12:00、13:00〜17:00 のように書きます。訪問しない曜日は空けておきます。"
        self.fields["at_once"] = WholeNumberField(
            label="同じ時間に訪問できる人の数",
            lowest=1,
            highest=MOST_PEOPLE,
            unit="人",
            help_text="おひとりなら1です。",
        )
        self.fields["travel_minutes"] = WholeNumberField(
            label="移動の時間", highest=MOST_TRAVEL, unit="分", help_text="訪問と訪問のあいだに空けておく時間です。"
        )
        self.initial["at_once"] = plan.at_once if plan else 1
        self.initial["travel_minutes"] = plan.travel_minutes if plan else 0
        if unknown_length:
            self.fields["visit_minutes"] = WholeNumberField(
                label="1回の訪問の長さ",
                lowest=15,
                highest=LONGEST,
                unit="分",
                help_text="市町村のきまりに長さがない訪問を、この長さとして重ならないようにします。",
            )
            self.initial["visit_minutes"] = plan.visit_minutes if plan else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not any(self._week()):
            self.add_error("day_0", "訪問する曜日の時間を、1つは入力してください。")
        return cleaned

    def said(self) -> dict[str, Any]:
        """As `set_visits` takes it."""
        asked = self.cleaned_data
        kept: dict[str, Any] = {name: asked[name] for name in NUMBERS if name in asked}
        areas = [part.strip() for part in re.split("[\n、,]", asked["areas"])]
        return {"areas": list(dict.fromkeys(filter(None, areas))), "week": self._week(), **kept}

    def _week(self) -> list[Sequence[Span]]:
        return [self.cleaned_data[f"day_{number}"] for number in range(len(wareki.WEEKDAYS))]


class VisitBreakForm(DadsForm):
    """The first and the last of days off; one day needs no last one."""

    show_need = False
    prefix = "break"

    first_day = DateBoxesField(label="はじめの日")
    last_day = DateBoxesField(label="最後の日", required=False, help_text="1日だけのときは空けておきます。")

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        first: Any = self.fields["first_day"]
        first.initial, first.not_before = Typed(year=str(on.year)), on

    def has_changed(self) -> bool:
        """Whether a day is begun: the year stands there already."""
        days: tuple[Typed, ...] = tuple(self[name].data for name in self.fields) if self.is_bound else ()
        return any(day.month or day.day for day in days)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("last_day") and cleaned.get("first_day") and cleaned["last_day"] < cleaned["first_day"]:
            self.add_error("last_day", ValidationError("最後の日は、はじめの日より後にしてください。", code="day"))
        return cleaned

    def said(self) -> dict[str, dt.date]:
        """As `add_break` takes it."""
        first = self.cleaned_data["first_day"]
        return {"first_day": first, "last_day": self.cleaned_data["last_day"] or first}


def _span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    try:
        if found is None:
            raise ValueError
        hours = found.group(1, 2, 3, 4, 5, 6)
        begins, ends = (dt.time(int(hours[at]), int(hours[at + 1] or hours[at + 2] or 0)) for at in (0, 3))
    except ValueError:
        raise ValidationError("時間は 9:00〜17:00 のように入力してください。", code="spans") from None
    if begins >= ends:
        raise ValidationError("終わりの時刻は、はじまりより後にしてください。", code="spans")
    return begins, ends
