"""An amount that the programme leaves unpublished, and from when it holds."""

from typing import Any

from django import forms

from eligibility import engine
from postpartum_portal.shared import text
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField, WholeNumberField

MOST = 999_999
EVERY_CLASS = "*"


class YenField(WholeNumberField):
    """Whole yen, typed with or without the comma and 円."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(highest=MOST, unit="円", **kwargs)
        self.widget.attrs["class"] = "w8"

    def to_python(self, value: Any) -> int | None:
        return super().to_python(text.fold(value).replace(",", "") if isinstance(value, str) else value)


class AmountForm(DadsForm):
    """`household_class` is asked where the programme has several and the amount's key names none; else it is empty."""

    amount = YenField(label="額")
    starts_on = DateBoxesField(label="いつから", help_text="この日からの利用に使います。")
    household_class = forms.ChoiceField(label="区分", widget=ChoiceCards, initial=EVERY_CLASS)
    note = LineField(label="メモ", limit=200, required=False, help_text="どこで確かめた額かを書きます。")

    def __init__(self, *args: Any, key: str, classes: tuple[engine.HouseholdClass, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = {item.code: item.label for item in classes}
        if len(codes) < 2 or any(code in key for code in codes):
            del self.fields["household_class"]
        else:
            choice: Any = self.fields["household_class"]
            choice.choices = [(EVERY_CLASS, "すべての区分"), *codes.items()]

    def clean_household_class(self) -> str:
        chosen = str(self.cleaned_data["household_class"])
        return "" if chosen == EVERY_CLASS else chosen
