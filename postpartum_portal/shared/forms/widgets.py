"""Widgets the pack draws as cards and drop boxes. They carry what the drawing needs; `controls` draws."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from postpartum_portal.shared.words import StrOrPromise

PROMPT = gettext_lazy("写真かPDFを選ぶ")


class _Cards:
    """A choice of 48 px cards.

    Args:
        notes: small text under a choice, by its value.
        layout: "" one below another, "duo" or "three" side by side where there is room, "pair" always two, "tri" always
            three.
        then: name of the field that a choice opens right below itself, by the choice's value.
        refused: choices that stay visible but cannot be taken, with the reason, by value.
    """

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        notes: Mapping[str, str] | None = None,
        layout: str = "",
        then: Mapping[str, str] | None = None,
        refused: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)  # type: ignore[call-arg]  # the widget it is mixed into takes both
        self.notes = dict(notes or {})
        self.layout = layout
        self.then = dict(then or {})
        self.refused = dict(refused or {})


class ChoiceCards(_Cards, forms.RadioSelect):
    """One of several."""


class ManyChoiceCards(_Cards, forms.CheckboxSelectMultiple):
    """Any of several."""


class FileBox(forms.FileInput):
    """A file input in a dashed box. `prompt` is the text above it, such as 「3人目の証明書を足す」."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, prompt: StrOrPromise = PROMPT) -> None:
        # Naming the formats makes a phone hand over a JPEG instead of its own HEIC.
        super().__init__({"accept": "image/jpeg,image/png,application/pdf", **(attrs or {})})
        self.prompt = prompt
