"""Fields for reaching a person: phone, postcode, mail. Any width and any hyphen goes in; one spelling comes out."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from postpartum_portal.shared import postal, text

from .text import LineField


class _NormalisedField(LineField):
    """A line stored in the one spelling that `normalise` gives."""

    normalise: Callable[[str], str]
    box: dict[str, str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, value in self.box.items():
            self.widget.attrs.setdefault(name, value)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return type(self).normalise(typed)
        except text.TextError as wrong:
            raise ValidationError(str(wrong), code="spelling") from None


class PhoneField(_NormalisedField):
    """`０９０１２３４５６７８` → `090-1234-5678`."""

    normalise = staticmethod(text.normalise_phone)
    box = {"autocomplete": "tel", "inputmode": "tel", "class": "w14"}
    widget = forms.TextInput(attrs={"type": "tel"})


class PostcodeField(_NormalisedField):
    """`〒１８７００４３` → `187-0043`."""

    normalise = staticmethod(text.normalise_postcode)
    box = {"autocomplete": "postal-code", "inputmode": "numeric", "class": "w8"}

    def __init__(self, **kwargs: Any) -> None:
        """Where the portal knows addresses, a script puts the one of the postcode into the form's empty address."""
        if postal.AVAILABLE:
            kwargs.setdefault("help_text", _("入れると、住所が町名まで入ります。"))
        super().__init__(**kwargs)
        if postal.AVAILABLE:
            self.widget.attrs.setdefault("data-addresses", reverse_lazy("addresses"))


class EmailField(_NormalisedField):
    """Full-width letters become plain ones; addresses such as `a..b@docomo.ne.jp` exist and pass."""

    normalise = staticmethod(text.normalise_email)
    box = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.EmailInput
