"""Whose trail is looked for."""

from postpartum_portal.shared.forms import DadsForm, LineField


class FindForm(DadsForm):
    show_need = False
    q = LineField(label="氏名・かな・電話・受付番号", limit=60, required=False)
