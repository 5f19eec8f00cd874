"""After a miscarriage or a stillbirth: the day, roughly, and whether she wants to be phoned. Nothing else is asked."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField

YES, NO = "yes", "no"


class LossForm(DadsForm):
    """`ended_on` and `wants_call`."""

    show_need = False

    ended_on = DateBoxesField(
        label=_("いつのことでしたか"),
        help_text=_("だいたいの日でかまいません。"),
        error_messages={"required": _("だいたいの日を入れてください。思い出せる範囲でかまいません。")},
    )
    wants_call = forms.TypedChoiceField(
        label=_("センターからの電話"),
        choices=((NO, _("電話はいりません")), (YES, _("電話がほしい"))),
        coerce=lambda value: value == YES,
        widget=ChoiceCards,
        initial=NO,
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ended_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ended_on"]
        if day > self.today:
            raise ValidationError(_("まだ来ていない日です。だいたいの日でかまいません。"), code="year")
        return day


class CentreLossForm(LossForm):
    """What somebody was told by phone. Who tells it there is being talked to, and is asked for no call."""

    heard = forms.BooleanField(
        label=gettext_lazy("本人かご家族から聞き、記録することを伝えました"),
        error_messages={"required": gettext_lazy("本人かご家族から聞いたことを確かめてから、しるしをつけてください。")},
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, auto_id="id_loss_%s", **kwargs)  # other forms stand on the same page
        del self.fields["wants_call"]
