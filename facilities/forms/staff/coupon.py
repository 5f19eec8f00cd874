"""The number of a coupon as somebody reads it out: any width, with or without gaps."""

import re

from django import forms

from applications.public import COUPON_DIGITS
from postpartum_portal.shared import text
from postpartum_portal.shared.forms import DadsForm

NOT_HERE = "この番号は見つかりません。12けたの番号を、もういちど確かめてください。"


class CouponForm(DadsForm):
    show_need = False

    code = forms.CharField(
        label="クーポン・利用券の番号",
        help_text="12けたの数字です。お母さんの画面か、印刷した紙にあります。",
        widget=forms.TextInput(attrs={"class": "w14", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Digits alone."""
        digits = re.sub(r"[\s\-ー‐−]", "", text.fold(self.cleaned_data["code"]))
        if not re.fullmatch(r"[0-9]+", digits) or len(digits) != COUPON_DIGITS:
            raise forms.ValidationError(NOT_HERE)
        return digits
