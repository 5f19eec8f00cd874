"""What is to be written into a file, in which form, and what for."""

from typing import Any

from django import forms

from postpartum_portal.shared.exports import LONGEST_PURPOSE, SHORTEST_PURPOSE, tables
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LineField
from postpartum_portal.shared.models import Export


class PurposeForm(DadsForm):
    """For a page that says itself which table it is."""

    form = forms.ChoiceField(
        label="ファイルの形",
        choices=Export.Form.choices,
        initial=Export.Form.XLSX,
        widget=ChoiceCards,
        help_text="Shift_JISには入らない文字があります。入らない文字は〓になり、どの行のどの文字かの一覧が、いっしょにできます。",
    )
    purpose = LineField(
        label="何のために使うか",
        limit=LONGEST_PURPOSE,
        help_text=f"{SHORTEST_PURPOSE}文字から{LONGEST_PURPOSE}文字。書き出しの記録に残ります。人の名前は書かないでください。",
    )

    def clean_purpose(self) -> str:
        purpose = str(self.cleaned_data["purpose"])
        if len(purpose) < SHORTEST_PURPOSE:
            raise forms.ValidationError(f"何のために使うかを、{SHORTEST_PURPOSE}文字以上で書いてください。")
        return purpose


class ExportForm(PurposeForm):
    sheet = forms.ChoiceField(label="書き出す表", widget=ChoiceCards)
    field_order = ("sheet", "form", "purpose")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(table.code, f"{table.title}({table.hint})") for table in tables()]
