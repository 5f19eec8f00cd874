"""Asking for a colleague's second factor to be taken away, at a centre and at a facility alike."""

from postpartum_portal.shared.forms import DadsForm, LineField


class ResetForm(DadsForm):
    submit_label = "もう1人に確認を頼む"
    show_need = False

    reason = LineField(
        label="消す理由", help_text="本人とどう確かめたかも書きます。例 機種変更。窓口で本人と話した。", limit=200
    )
