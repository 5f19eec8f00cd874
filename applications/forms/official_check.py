"""What somebody of the centre looked up, and what came of it."""

import datetime as dt
from typing import Any

from django import forms

from applications.models import OfficialCheck
from eligibility.engine.wording import fiscal_year_text
from postpartum_portal.shared import wareki
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField

Kind, Result = OfficialCheck.Kind, OfficialCheck.Result


class OfficialCheckForm(DadsForm):
    """A year belongs to what is about taxes; a first day to a certificate. `agreed`: whether she agreed to an inquiry
    where the programme asks for her consent to one; None where it knows no such consent.
    """

    show_need = False

    kind = forms.ChoiceField(label="何を見たか", choices=Kind.choices, widget=ChoiceCards)
    fiscal_year = forms.TypedChoiceField(
        label="何年度の課税か", help_text="課税台帳と証明書のとき。", coerce=int, empty_value=None, required=False
    )
    holds_from = DateBoxesField(label="いつから使うか", help_text="証明書のとき。", required=False)
    result = forms.ChoiceField(label="結果", choices=Result.choices, widget=ChoiceCards)
    seen = LineField(
        label="見たこと",
        help_text="申請とちがうとき、確かめられないときは、かならず書きます。所得の額やマイナンバーは書きません。",
        limit=200,
        required=False,
    )

    def __init__(self, *args: Any, today: dt.date, agreed: bool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_check_%s", **kwargs)
        self.agreed = agreed
        this = wareki.fiscal_year(today)
        years = [(year, fiscal_year_text(year)) for year in (this, this - 1, this - 2)]
        year_field: Any = self.fields["fiscal_year"]
        year_field.choices = [("", "年度はない"), *years]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, result = cleaned.get("kind"), cleaned.get("result")
        if kind == Kind.TAX and not cleaned.get("fiscal_year"):
            self.add_error("fiscal_year", "課税台帳は、何年度のものかを選んでください。")
        if kind in {Kind.TAX, Kind.WELFARE} and self.agreed is False:
            self.add_error("kind", "照会への同意がないので、台帳は見ません。証明書を出してもらいます。")
        if result and result != Result.CONFIRMED and not cleaned.get("seen"):
            self.add_error("seen", "何を見て、どうちがったかを書いてください。")
        if kind not in OfficialCheck.OF_A_YEAR:
            cleaned["fiscal_year"] = None
        if kind != Kind.CERTIFICATE:
            cleaned["holds_from"] = None
        return cleaned
