"""What stood in the boxes of a form: cut to what may be kept of it, wrong answers too, and read as a row's key."""

import re
from collections.abc import Mapping, Sequence

LONGEST = 5_000
"""Characters kept of one box: far more than any box takes, far less than would fill a disk."""

MOST = 50
"""Values kept under one name."""

# What no database column of text can hold; a form refuses these with a sentence before they matter.
_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)])

_CODE = re.compile(r"[-a-zA-Z0-9_]{1,50}")


def row_key(typed: str) -> int | None:
    """A row's key as a form sends it back; None for what can be none."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None


def row_code(typed: str) -> str | None:
    """A row's number or code, such as R7-0412, as a form sends it back; None for what can be none."""
    return typed if _CODE.fullmatch(typed) else None


def storable(typed: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The boxes by name, as JSON and every database take them."""
    return {name: [value[:LONGEST].translate(_UNSTORABLE) for value in values[:MOST]] for name, values in typed.items()}
