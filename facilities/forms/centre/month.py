"""差し戻す: why a month goes back to its facility."""

from postpartum_portal.shared.forms import DadsForm, LinesField


class ReturnForm(DadsForm):
    show_need = False

    reason = LinesField(
        label="差し戻しの理由",
        limit=400,
        help_text="施設の画面に、このまま出ます。どの行を、どう直してほしいかを書いてください。施設には、区分や減免を書かないでください。",
    )
