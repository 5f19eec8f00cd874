"""利用できないと知らせる: why, in words that she reads as they stand."""

from postpartum_portal.shared.forms import DadsForm, LinesField


class TurnDownForm(DadsForm):
    """The reason, and nothing else: what can be done instead belongs in it."""

    show_need = False

    reason = LinesField(
        label="利用できない理由",
        limit=300,
        help_text="お母さんの画面と通知に、このまま出ます。どこに打診し、なぜ使えないかを書いてください。",
    )
