"""希望を伝える: when a use that the centre arranges would suit her."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import engine
from facilities.selectors.wishes import Wishable
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField
from postpartum_portal.shared.forms.dates import Typed

from .dates import TokenField, allergies_field, siblings_field

WISHED = ("day_1", "day_2", "day_3")
VACCINATIONS = ("vaccination_1", "vaccination_2")
SIBLINGS_HELP = gettext_lazy("受け入れる施設と、受け入れない施設があります。")
SAY_WHEN = gettext_lazy("都合のよい日か、曜日や時間帯を入力してください。")


class ComingDayField(DateBoxesField):
    """A day soon to come: this year stands in its box already, and alone it means that nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        typed = Typed.of(value)
        return super().to_python(typed if typed.month.strip() or typed.day.strip() else Typed())


class WishForm(DadsForm):
    """Days, words or both; the length of a stay; days of vaccination where the service excludes them."""

    day_1 = ComingDayField(label=gettext_lazy("1番目に希望する日"))
    day_2 = ComingDayField(label=gettext_lazy("2番目に希望する日"))
    day_3 = ComingDayField(label=gettext_lazy("3番目に希望する日"))
    days = forms.TypedChoiceField(label=gettext_lazy("長さ"), coerce=int, widget=ChoiceCards(layout="three"))
    words = LineField(label=gettext_lazy("都合のよい曜日や時間帯"), required=False, limit=200)
    vaccination_1 = ComingDayField(label=gettext_lazy("予防接種の日"))
    vaccination_2 = ComingDayField(label=gettext_lazy("次の予防接種の日"))
    note = LineField(
        label=gettext_lazy("センターに伝えること"), required=False, limit=200, help_text=gettext_lazy("200字まで。")
    )
    token = TokenField()

    def __init__(
        self,
        *args: Any,
        wishable: Wishable,
        on: dt.date,
        **kwargs: Any,
    ) -> None:
        """Days lie between `on` and the last one of use. Without a child, none is asked for vaccinations."""
        super().__init__(*args, **kwargs)
        service, self.shortest = wishable.service, wishable.lengths[0].days
        stay = service.kind is engine.ServiceKind.STAY
        self._bound_days(stay, wishable.last_day, on)
        self.fields["words"].help_text = _("「平日の午前」など。使える時間は%(hours)sです。") % {
            "hours": service.hours.text
        }
        if service.kind is not engine.ServiceKind.VISIT:
            if wishable.born:
                self.fields["siblings"] = siblings_field(SIBLINGS_HELP)
            self.fields["allergies"] = allergies_field()
        choice: Any = self.fields["days"]
        choice.choices = [(length.days, length.text) for length in wishable.lengths]
        if not stay:
            del self.fields["days"]
        if service.vaccination is None or not wishable.born:
            for name in VACCINATIONS:
                del self.fields[name]
        else:
            self.fields[VACCINATIONS[0]].help_text = _("決まっているとき。その日は%(service)sを使えません。") % {
                "service": service.short_label
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._days(WISHED) and not cleaned["words"]:
            self.add_error("day_1", ValidationError(SAY_WHEN, code="month"))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What she says, as `make_wish` takes it."""
        return {
            "first_days": self._days(WISHED),
            "days": self.cleaned_data.get("days", self.shortest),
            "words": self.cleaned_data["words"],
            "vaccination_days": self._days(VACCINATIONS),
            "note": self.cleaned_data["note"],
            "siblings": bool(self.cleaned_data.get("siblings")),
            "allergies": self.cleaned_data.get("allergies", ""),
        }

    def _bound_days(self, stay: bool, last_day: dt.date, on: dt.date) -> None:
        for name in (*WISHED, *VACCINATIONS):
            day: Any = self.fields[name]
            day.not_before, day.not_after = on, None if name in VACCINATIONS else last_day
            day.initial = Typed(year=str(on.year))
        if stay:
            self.fields["day_1"].help_text = _("到着する日を入力してください。")

    def _days(self, names: Sequence[str]) -> list[dt.date]:
        """The days typed, each once, in her order."""
        typed = [self.cleaned_data.get(name) for name in names]
        return list(dict.fromkeys(day for day in typed if day))
