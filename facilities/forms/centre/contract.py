"""委託料, and the end of a contract."""

from django import forms

from facilities.models import ContractPrice
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField

from .amount import YenField


class PriceForm(DadsForm):
    """`per` is asked with the amount: a contract may pay a stay by the day or by the night."""

    amount = YenField(label="額", help_text="契約書の額です。支払わないと決まっているときは、0を入れます。")
    per = forms.ChoiceField(label="単位", choices=ContractPrice.Per.choices, widget=ChoiceCards)
    starts_on = DateBoxesField(label="いつから", help_text="この日からの利用に使います。過ぎた日も入れられます。")
    note = LineField(
        label="メモ", limit=200, required=False, help_text="契約書の条など、どこで確かめた額かを書きます。"
    )

    def clean_per(self) -> ContractPrice.Per:
        return ContractPrice.Per(self.cleaned_data["per"])


class EndForm(DadsForm):
    ends_on = DateBoxesField(label="契約の最後の日", help_text="この日までの利用を予約できます。")
