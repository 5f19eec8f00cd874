"""The number of a booking as somebody reads it out: any width, with or without gaps."""

import re

from django import forms

from facilities.forms.code import BETWEEN
from postpartum_portal.shared import text
from postpartum_portal.shared.forms import DadsForm

NOT_HERE = "この番号の予約は見つかりません。12けたの番号を、もういちど確かめてください。"


class NumberForm(DadsForm):
    show_need = False

    number = forms.CharField(
        label="予約番号",
        help_text="12けたの数字です。お母さんの予約のページと、メールにあります。",
        widget=forms.TextInput(attrs={"class": "w14", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self) -> str:
        """As it is stored: 4821-7305-6614."""
        digits = BETWEEN.sub("", text.fold(self.cleaned_data["number"]))
        if not re.fullmatch(r"[0-9]{12}", digits):
            raise forms.ValidationError(NOT_HERE)
        return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
