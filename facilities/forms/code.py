"""Six digits that somebody reads out on the phone, typed in as they are heard: 482-913, ４８２ ９１３, 482913."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from postpartum_portal.shared import text

SIX = re.compile(r"[0-9]{6}")
BETWEEN = re.compile(r"[\s\-‐‑–—−ーｰ]")


class CodeField(forms.CharField):
    """`label` says whose digits they are."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            error_messages={"required": f"{label}を入力してください。"},
            widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        digits = BETWEEN.sub("", text.fold(super().clean(value)))
        if not SIX.fullmatch(digits):
            raise ValidationError(f"{self.label}は、数字6けたで入力してください。", code="digits")
        return digits
