"""振込先: what a facility prints about itself on its claims."""

import re
from typing import Any

from django import forms

from facilities.models import Payee
from postpartum_portal.shared import text
from postpartum_portal.shared.forms import DadsForm, LineField

ACCOUNT = ("bank", "branch", "account", "account_number", "holder")
SEVEN_DIGITS = "口座番号は、数字7けたです。"


class PayeeForm(DadsForm):
    submit_label = "この内容にする"
    show_need = False

    representative = LineField(
        label="代表者の職と氏名", limit=80, required=False, help_text="請求書の名前の下に印刷します。例 院長 見本 花子"
    )
    bank = LineField(label="金融機関", limit=40, required=False)
    branch = LineField(label="支店", limit=40, required=False)
    account = forms.ChoiceField(
        label="口座の種類", required=False, choices=Payee.Account.choices, widget=forms.RadioSelect
    )
    account_number = LineField(
        label="口座番号",
        limit=20,
        required=False,
        help_text="7けたより短いときは、左に0を足します。",
        widget=forms.TextInput(attrs={"class": "w14", "inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = LineField(label="口座名義(カナ)", limit=80, required=False)

    def clean_account_number(self) -> str:
        digits = text.fold_dashes(self.cleaned_data["account_number"])
        if digits and not re.fullmatch("[0-9]{7}", digits):
            raise forms.ValidationError(SEVEN_DIGITS)
        return digits

    def clean(self) -> dict[str, Any]:
        """The account is whole, or left blank to be filled in by hand; a kind, once chosen, cannot be taken back."""
        cleaned = super().clean() or {}
        given = [name for name in ACCOUNT if cleaned.get(name)]
        if given == ["account"]:
            given, cleaned["account"] = [], ""
        for name in ACCOUNT if given else ():
            if name not in given and name not in self.errors:
                self.add_error(name, "振込先は、すべて書くか、すべて空けてください。")
        return cleaned
