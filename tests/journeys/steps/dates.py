"""Days as people type them."""

from typing import NamedTuple


class Day(NamedTuple):
    year: str
    month: str
    day: str


def typed(text: str) -> Day:
    """`R8.4.30` as three boxes."""
    return Day(*text.split("."))
