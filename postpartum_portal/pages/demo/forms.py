"""Where the demo's clock shall stand."""

from django import forms

from postpartum_portal.shared.forms import DadsForm, DateBoxesField


class ClockForm(DadsForm):
    show_need = False
    day = DateBoxesField(label="日付")
    time = forms.TimeField(
        label="時刻",
        input_formats=["%H:%M"],
        widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric"}),
        help_text="15:59 のように入力します",
        error_messages={"invalid": "時刻は 15:59 のように入力してください。"},
    )
