"""支払一覧: what goes onto one, when it was paid, and why it was given up."""

from collections.abc import Sequence
from typing import Any

from django import forms

from facilities.models import MonthReport
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, LineField, ManyChoiceCards
from postpartum_portal.shared.yen import Yen, format_yen


class ListForm(DadsForm):
    """`payable`: what can be chosen; all of it is, to begin with."""

    show_need = False

    reports = forms.MultipleChoiceField(label="一覧に入れる請求", widget=ManyChoiceCards)

    def __init__(self, *args: Any, payable: Sequence[MonthReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reports"]
        field.choices = [(str(report.pk), _said(report)) for report in payable]
        field.initial = [value for value, _ in field.choices]

    @property
    def chosen(self) -> list[int]:
        return [int(value) for value in self.cleaned_data["reports"]]


class PaidForm(DadsForm):
    paid_on = DateBoxesField(label="支払った日", help_text="施設の画面に「支払いずみ」と、この日が出ます。")


class VoidForm(DadsForm):
    show_need = False

    reason = LineField(
        label="取りやめる理由",
        limit=200,
        help_text="番号は残り、理由が記録されます。入っていた請求は、別の一覧に入れられます。",
    )


def _said(report: MonthReport) -> str:
    amount = format_yen(Yen(report.public_share or 0))
    return f"{report.facility} {report.month_label} 第{report.number}号 {amount}"
