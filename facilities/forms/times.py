"""A time of day, typed."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import text


class TypedTimeField(forms.TimeField):
    """`15:59`, also in full width."""

    like: ClassVar = gettext_lazy("15:59 のように入力します。")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.like)
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S"],
            widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric", "autocomplete": "off"}),
            error_messages={"invalid": gettext_lazy("時刻は 15:59 のように入力してください。")},
            **kwargs,
        )

    def to_python(self, value: Any) -> dt.time | None:
        return super().to_python(text.fold(value) if isinstance(value, str) else value)
