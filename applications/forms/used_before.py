"""What was used on paper or before moving in: units of each pool, uses of each counted reduction, and why."""

from typing import Any

from django import forms

from applications.models import CarriedOver
from applications.selectors.carried_over import Countable
from eligibility.engine.wording import pool_counter, pool_units
from postpartum_portal.shared.forms import ChoiceCards, DadsForm, DateBoxesField, LineField, WholeNumberField

Reason = CarriedOver.Reason


class UsedBeforeForm(DadsForm):
    """No number goes beyond what is left of it."""

    show_need = False

    def __init__(self, *args: Any, countable: Countable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"] = forms.IntegerField(
            required=False, initial=countable.after, widget=forms.HiddenInput(), label="最後の記録"
        )
        for pool, left in countable.pools:
            self.fields[f"units_{pool.code}"] = WholeNumberField(
                label=pool.label,
                help_text=f"のこりの{pool_units(left, pool)}まで",
                highest=left,
                unit=pool_counter(pool),
                required=False,
            )
        for reduction, left in countable.reductions:
            self.fields[f"reduction_{reduction.code}"] = WholeNumberField(
                label=f"{reduction.label}を使った回数",
                help_text=f"あと{left}回まで。次の利用は、この回数の続きから数えます。",
                highest=left,
                unit="回",
                required=False,
            )
        self.fields["used_by"] = DateBoxesField(
            label="いつまでに使った分か",
            help_text="最後に使った日か、確かめた日。",
            error_messages={"required": "いつまでに使った分か、日を入れてください。"},
        )
        self.fields["reason"] = forms.ChoiceField(label="どこで使ったか", choices=Reason.choices, widget=ChoiceCards)
        self.fields["note"] = LineField(
            label="メモ", help_text="「その他」のときは必ず書きます。職員だけが読みます。", limit=200, required=False
        )

    @property
    def entry(self) -> dict[str, Any]:
        """The arguments of `record_used_before`."""
        given = self.cleaned_data
        return {
            "units": self._numbers("units_"),
            "reductions": self._numbers("reduction_"),
            "reason": Reason(given["reason"]),
            "note": given["note"],
            "used_by": given["used_by"],
            "after": given["after"],
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reason") == Reason.OTHER and not cleaned.get("note"):
            self.add_error("note", "「その他」のときは、どこで使ったかを書いてください。")
        return cleaned

    def _numbers(self, prefix: str) -> dict[str, int]:
        given = self.cleaned_data.items()
        return {name.removeprefix(prefix): number for name, number in given if name.startswith(prefix) and number}


class UndoUsedBeforeForm(DadsForm):
    show_need = False

    note = LineField(label="取り消す理由", limit=200)

    def __init__(self, *args: Any, entry: int, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_undo{entry}_%s", **kwargs)
        self.entry = entry
