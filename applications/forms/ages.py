"""From which day a child's age is counted, where the programme leaves it to the centre."""

from typing import Any

from django import forms

from postpartum_portal.shared.forms import ChoiceCards, DadsForm, LinesField


class AgeForm(DadsForm):
    """The way of counting and its reason, once the application is approved."""

    show_need = False
    field_order = ("corrected_age", "reason")

    reason = LinesField(label="理由", help_text="記録に残ります。本人へのお知らせには載りません。", limit=200)

    def __init__(self, *args: Any, settled: bool | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["corrected_age"] = corrected_age_field(settled)
        self.order_fields(self.field_order)


def corrected_age_field(settled: bool | None) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label="月齢の数え方",
        choices=[("no", "生まれた日から"), ("yes", "修正月齢(出産予定日から)")],
        coerce=lambda value: value == "yes",
        widget=ChoiceCards,
        initial={True: "yes", False: "no", None: None}[settled],
    )
    field.error_messages["required"] = "月齢の数え方を選んでください。"
    return field
