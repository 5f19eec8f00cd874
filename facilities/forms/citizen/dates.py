"""Choosing days, and asking for them."""

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eligibility import engine
from facilities.forms.times import TypedTimeField
from facilities.selectors.hours import hours_to_begin, least_minutes
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LineField
from postpartum_portal.shared.words import StrOrPromise

ISO_DAY = ["%Y-%m-%d"]
ISO_MONTH = ["%Y-%m"]
AGREED = gettext_lazy("施設と決めた時刻があるとき。")
OUTSIDE = gettext_lazy("上の時間は原則です。ほかの時刻がよいときだけ入力します。使えるかどうかは、施設に確かめます。")
NOT_CALLED = gettext_lazy("先に、施設に電話などで仮予約をしてください。仮予約がすんだら、印をつけてください。")


CALL_LIMIT = 40
CALLED = gettext_lazy("電話で仮予約ずみ{}。")
"""What the facility is told of the call, before her own words."""
TAKEN = {
    True: gettext_lazy("この施設は、きょうだいを受け入れています。"),
    False: gettext_lazy("この施設は、きょうだいを受け入れていません。"),
}
NOTE_LIMIT = 200
ALLERGIES_LIMIT = 100


class DayField(forms.DateField):
    """A day as an address or a hidden field names it, within the years that dates can be reckoned with."""

    default_validators = [MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2199, 12, 31))]


def new_token() -> str:
    """A fresh name for one sending of the form."""
    return secrets.token_urlsafe(16)


class TokenField(forms.RegexField):
    """Hidden: makes a second sending of the same form harmless."""

    def __init__(self) -> None:
        super().__init__("^[A-Za-z0-9_-]{16,26}$", widget=forms.HiddenInput, initial=new_token)


class IntentForm(forms.Form):
    """What the address says of her intent: length, day of arrival, month shown. What cannot be read is left out."""

    days = forms.IntegerField(min_value=1, max_value=31, required=False)
    day = DayField(input_formats=ISO_DAY, required=False)
    month = DayField(input_formats=ISO_MONTH, required=False)

    def said(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class AskForm(DadsForm):
    """The days she chose, when she comes, a word to the facility; where they are asked for, her call and her others.

    Siblings are asked about where the facility's list speaks of them and she goes there.
    """

    days = forms.IntegerField(min_value=1, max_value=31, widget=forms.HiddenInput)
    day = DayField(input_formats=ISO_DAY, widget=forms.HiddenInput)
    token = TokenField()
    note = LineField(
        label=gettext_lazy("施設に伝えること"),
        required=False,
        limit=NOTE_LIMIT,
        help_text=gettext_lazy("上の子のこと、聞いておきたいことなど。"),
    )

    def __init__(
        self,
        *args: Any,
        service: engine.Service,
        rules: engine.BookingRules,
        children: int,
        place: engine.Place = engine.ANYWHERE,
        after_loss: bool = False,
        after: dt.time | None = None,
        **kwargs: Any,
    ) -> None:
        """`children` that count: with twins a visit may last longer, and so begins earlier. `after`: of today's hours
        only those that lie ahead.
        """
        super().__init__(*args, **kwargs)
        self.fields.update(arrival_fields(service, children, after=after))
        if rules.provisional:
            self.fields["provisional"] = forms.BooleanField(
                label=_("施設に電話などで仮予約をしました"),
                help_text=f"「{rules.provisional.text}」",
                error_messages={"required": NOT_CALLED},
            )
            self.fields["called"] = LineField(
                label=_("いつ、だれと話しましたか"),
                required=False,
                limit=CALL_LIMIT,
                help_text=_("3月5日、田中さん など。"),
            )
            self._keep_free(len(CALLED) + CALL_LIMIT)
        if after_loss:
            self._speak_of_no_child()
        elif place.siblings is not None and service.kind is not engine.ServiceKind.VISIT:
            self._ask_about_siblings(str(TAKEN[place.siblings]))
        if service.kind is not engine.ServiceKind.VISIT:
            self.fields["allergies"] = allergies_field()
        self.order_fields(["provisional", "called", "arrival", "other_arrival", "siblings", "allergies", "note"])

    def _ask_about_siblings(self, taken: str) -> None:
        self.fields["siblings"] = siblings_field(taken)

    def _keep_free(self, letters: int) -> None:
        """What else goes to the facility in the same line needs its room."""
        note: Any = self.fields["note"]
        note.limit -= letters

    def _speak_of_no_child(self) -> None:
        self.fields["note"].help_text = _("聞いておきたいことなど。")
        if "provisional" in self.fields:
            self.fields["provisional"].help_text = ""  # the rule's own sentence

    def told(self) -> dict[str, Any]:
        """When she comes and what the facility has to know, as the services take it."""
        asked = self.cleaned_data
        return {
            "arrival": asked["arrival"],
            "siblings": bool(asked.get("siblings")),
            "allergies": asked.get("allergies", ""),
            "note": asked["note"],
        }

    def clean(self) -> dict[str, Any]:
        """An hour that she types outside the hours that hold in principle stands in the place of the one chosen.

        That she has phoned goes to the facility with her words.
        """
        said = super().clean() or self.cleaned_data
        if said.get("other_arrival"):
            said["arrival"] = said["other_arrival"]
        if said.get("provisional") and "note" in said:
            said["note"] = CALLED.format(f"({said['called']})" if said.get("called") else "") + said["note"]
        return said


def siblings_field(help_text: StrOrPromise) -> forms.TypedChoiceField:
    """Asked where she takes a child somewhere."""
    return forms.TypedChoiceField(
        label=_("きょうだいも一緒に来ますか"),
        help_text=help_text,
        choices=[("no", _("いいえ")), ("yes", _("はい"))],
        initial="no",
        required=False,
        coerce=lambda said: said == "yes",
        widget=ChoiceCards(layout="pair"),
    )


def allergies_field() -> LineField:
    """Asked where she eats: what it is for stands beside it."""
    return LineField(
        label=_("食べ物のアレルギー"),
        required=False,
        limit=ALLERGIES_LIMIT,
        help_text=_("食事の用意のため、施設だけに伝えます。なければ空けておきます。"),
    )


def arrival_fields(service: engine.Service, children: int, *, after: dt.time | None = None) -> dict[str, forms.Field]:
    """When she comes; beside it, where the programme's hours hold in principle, another hour that she types.

    Of a day of which only that is left she is asked for nothing else. Arguments as in `AskForm`.
    """
    label = _("はじまる時刻") if service.kind is engine.ServiceKind.VISIT else _("到着の時刻")
    minutes = least_minutes(service, children)
    if not service.hours.principle:
        return {"arrival": arrival_field(label, service.hours, minutes=minutes, after=after)}
    if not hours_to_begin(service.hours, minutes=minutes, after=after):
        outside = _("%(hours)sの時刻は、きょうはもう過ぎています。使えるかどうかは、施設に確かめます。")
        told = outside % {"hours": service.hours.text} + TypedTimeField.like
        return {"arrival": TypedTimeField(label=label, help_text=told)}
    other = _("ほかの%(label)s") % {"label": label}
    return {
        "arrival": arrival_field(label, service.hours, minutes=minutes, after=after),
        "other_arrival": TypedTimeField(label=other, required=False, help_text=f"{OUTSIDE}{TypedTimeField.like}"),
    }


def arrival_field(label: str, hours: engine.Hours, **bounds: Any) -> forms.Field:
    """Hours to choose from, within the `bounds` of `hours_to_begin`; or, without hours, the one that is agreed."""
    if not hours_to_begin(hours):
        return TypedTimeField(label=label, required=False, help_text=f"{AGREED}{TypedTimeField.like}")
    wrong = _("%(label)sを選び直してください。") % {"label": label}
    return forms.TypedChoiceField(
        label=label,
        coerce=dt.time.fromisoformat,
        choices=[(at.isoformat(), wareki.clock_time(at)) for at in hours_to_begin(hours, **bounds)],
        error_messages={"required": _("%(label)sを選んでください。") % {"label": label}, "invalid_choice": wrong},
    )


def agreed(field: forms.Field, arrival: dt.time) -> str:
    """An hour that is agreed, as the field's value; where it is none of those to choose from, it becomes one."""
    if not isinstance(field, forms.ChoiceField):
        return f"{arrival:%H:%M}"
    choices = dict(field.widget.choices) | {arrival.isoformat(): wareki.clock_time(arrival)}
    field.choices = sorted(choices.items())
    return arrival.isoformat()
