"""What a page carries in a hidden box and gets back with the form: anybody may send anything in it."""

import json
from typing import Any

from django import forms
from django.forms.fields import InvalidJSONInput


class MappingField(forms.JSONField):
    """Cleans to a mapping; to None where something else was sent, or what cannot be read. The form says what then."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> dict[str, Any] | None:  # type: ignore[override]  # as JSONField, whatever it is
        read = value if isinstance(value, dict) else _read(value)
        return read if isinstance(read, dict) else None

    def bound_data(self, data: Any, initial: Any) -> Any:
        return InvalidJSONInput(data) if _read(data) is None else super().bound_data(data, initial)

    def prepare_value(self, value: Any) -> Any:
        """In ASCII: JSON may name half a character, which no page can hold."""
        return value if isinstance(value, InvalidJSONInput) else json.dumps(value)


def _read(value: Any) -> Any:
    """None for what is no JSON: also numbers of thousands of digits, and brackets within brackets without end."""
    try:
        return json.loads(value)
    except (TypeError, ValueError, RecursionError):
        return None
