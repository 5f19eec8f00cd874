"""A date in three boxes: year (2026, R8, 令和8), month, day. Nothing typed is lost; an error names the box."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import wareki
from postpartum_portal.shared.words import StrOrPromise

UNITS = {"year": gettext_lazy("年"), "month": gettext_lazy("月"), "day": gettext_lazy("日")}


class Typed(NamedTuple):
    """What stands in the boxes, as typed."""

    year: str = ""
    month: str = ""
    day: str = ""

    @classmethod
    def of(cls, value: Any) -> "Typed":
        """The boxes for a date, an ISO day out of a draft, or what was typed before."""
        if isinstance(value, cls):
            return value
        day = date.fromisoformat(value) if isinstance(value, str) and value else value
        return cls(str(day.year), str(day.month), str(day.day)) if isinstance(day, date) else cls()

    @property
    def echo(self) -> str:
        """The same year in both eras, `平成6年 = 1994年`; "" while the boxes name no day."""
        try:
            day = wareki.date_of(*self)
        except wareki.WarekiError:
            return ""
        return _("%(era_year)s = %(year)s年") % {"era_year": wareki.era_year(day), "year": day.year}


class DateBoxes(forms.Widget):
    """Three boxes named `<name>_year`, `_month`, `_day`; `birthday` lets the browser fill them in."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def boxes(self, name: str) -> tuple[str, ...]:
        """The names under which a field of this name is sent."""
        return tuple(f"{name}_{part}" for part in Typed._fields)

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Typed:
        return Typed(*(str(data.get(box) or "") for box in self.boxes(name)))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(box not in data for box in self.boxes(name))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_year"

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """`attrs` may hold "wrong", the part to mark, besides what every box gets."""
        typed = Typed.of(value)
        common = {**self.attrs, **(attrs or {})}
        boxes = [self._box(name, part, typed, common) for part in Typed._fields]
        echo = format_html('<p class="hint">{}</p>', typed.echo) if typed.echo else ""
        return format_html('<div class="date">{}{}{}</div>{}', *boxes, echo)

    def _box(self, name: str, part: str, typed: Typed, common: dict[str, Any]) -> SafeString:
        wrong = common.get("wrong")
        attrs = {
            "class": "input w4" if part == "year" else "input w2",
            "id": f"{common['id']}_{part}" if common.get("id") else None,
            "name": f"{name}_{part}",
            "value": getattr(typed, part) or None,
            # A year may be letters (R8, 令和8), so only month and day bring up the number pad.
            "inputmode": None if part == "year" else "numeric",
            "autocomplete": f"bday-{part}" if self.birthday else "off",
            "aria-describedby": common.get("aria-describedby") or None,
            "aria-invalid": "true" if wrong == part else None,
            "disabled": common.get("disabled"),
        }
        return format_html("<label><input{}>{}</label>", flatatt(attrs), UNITS[part])


class DateBoxesField(forms.Field):
    """Cleans to a `date`, or None when left empty and optional.

    A ValidationError's code is the box to mark: "year", "month" or "day". `after` ends such a sentence and says where
    to look: 「母子健康手帳の予定日を確かめてください。」
    """

    widget = DateBoxes

    def __init__(
        self, *, not_before: date | None = None, not_after: date | None = None, after: StrOrPromise = "", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.not_before, self.not_after, self.after = not_before, not_after, after

    def prepare_value(self, value: Any) -> Typed:
        return Typed.of(value)

    def to_python(self, value: Any) -> date | None:
        typed = Typed.of(value)
        if not any(part.strip() for part in typed):
            return None
        try:
            return wareki.date_of(*typed)
        except wareki.WarekiError as wrong:
            raise ValidationError(self._sentence(wrong), code=wrong.part) from None

    def validate(self, value: date | None) -> None:
        if value is None:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="year")
            return
        if self.not_before and value < self.not_before:
            raise ValidationError(
                _("%(day)sから後の日を入力してください。") % {"day": wareki.no_weekday(self.not_before)}, code="year"
            )
        if self.not_after and value > self.not_after:
            raise ValidationError(
                _("%(day)sまでの日を入力してください。") % {"day": wareki.no_weekday(self.not_after)}, code="year"
            )

    def _sentence(self, wrong: wareki.WarekiError) -> str:
        """The general advice gives way to where this date can be looked up."""
        fact = str(wrong)
        return fact.removesuffix("日を確かめてください。") + str(self.after) if self.after else fact

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
