"""Who stands at the desk: her name as it is heard or written, her phone, or the number of the booking."""

from postpartum_portal.shared.forms import DadsForm, LineField


class FindForm(DadsForm):
    show_need = False

    who = LineField(label="来た人を探す", limit=60, help_text="名前、ふりがな、電話、予約番号の、どれかの一部で。")
