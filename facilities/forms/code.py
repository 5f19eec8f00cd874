"""Six digits that somebody reads out on the phone, typed in as they are heard: 482-913, ４８２ ９１３, 482913."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from postpartum_portal.shared import text
from postpartum_portal.shared.words import StrOrPromise

SIX = re.compile(r"[0-9]{6}")
BETWEEN = re.compile(r"[\s\-‐‑–—−ーｰ]")


class CodeField(forms.CharField):
    """`label` says whose digits they are."""

    def __init__(self, *, label: StrOrPromise, help_text: StrOrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            error_messages={"required": format_lazy(gettext_lazy("{label}を入力してください。"), label=label)},
            widget=forms.TextInput(attrs={"class": "w8", "inputmode": "numeric", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        digits = BETWEEN.sub("", text.fold(super().clean(value)))
        if not SIX.fullmatch(digits):
            raise ValidationError(
                _("%(label)sは、数字6けたで入力してください。") % {"label": self.label}, code="digits"
            )
        return digits
