"""Coupons that came back: how many sheets, when, and who brought them."""

import datetime as dt
from typing import Any

from django import forms

from applications.models import CouponReturn
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, WholeNumberField

MOST = 99


class CouponReturnForm(DadsForm):
    show_need = False

    returned_on = DateBoxesField(label="返された日")
    number = WholeNumberField(
        label="返された枚数", help_text="画面の番号だけで、紙がないときは0。", lowest=0, highest=MOST, unit="枚"
    )
    bearer = forms.ChoiceField(label="だれから", choices=CouponReturn.Bearer.choices, widget=ChoiceCards(layout="duo"))

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_return_%s", **kwargs)
        day: Any = self.fields["returned_on"]
        day.not_after = today
        self.initial["returned_on"] = today
