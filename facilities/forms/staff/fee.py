"""What a facility sets as its own: a fee from a day on; and why one that is owed is not asked for."""

from facilities.forms.centre.amount import YenField
from postpartum_portal.shared.forms import DadsForm, DateBoxesField, LineField


class FeeForm(DadsForm):
    submit_label = "この額にする"
    show_need = False

    amount = YenField(label="額", help_text="1回、または1日・1泊あたりの額です。かからないときは0です。")
    starts_on = DateBoxesField(label="いつから", help_text="この日からの利用に使います。")
    note = LineField(label="メモ", limit=200, required=False, help_text="どこで決めた額かを書きます。例 契約書第8条")


class WaiverForm(DadsForm):
    submit_label = "受け取らないことにする"
    show_need = False

    reason = LineField(
        label="受け取らない理由",
        help_text="お母さんの画面とメールに、このまま出ます。200字まで。体調や病気、所得のことは書かないでください。",
        limit=200,
    )
