"""A table of figures: the same on screen and in a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

NARROW = 6
"""Columns of which heads and names still stand on a line or two when bars stand beside them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is a number, or words where there is none; `href` leads to the cases that it counts or adds up."""

    value: int | str
    href: str = ""

    @property
    def is_number(self) -> bool:
        return not isinstance(self.value, str)

    @property
    def number(self) -> int:
        """For a drawing; words count as nothing there."""
        return self.value if isinstance(self.value, int) else 0

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row; `labels` stand before its figures, `total` marks a sum of others."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """`keys` head the labels of a line, `heads` its figures. `code` is the name of its definition as well."""

    code: str
    title: str
    keys: tuple[str, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    drawing: SafeString | str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether its drawing has room beside it."""
        return len(self.keys) + len(self.heads) <= NARROW and len(self.keys) == 1

    @property
    def rows(self) -> list[tuple[Line, list[tuple[str, Cell]]]]:
        """Each line with its figures, each under its head."""
        return [(line, list(zip(self.heads, line.cells, strict=True))) for line in self.lines]


def percentile(histogram: Sequence[tuple[int, int]], share: float) -> int | None:
    """The smallest value that at least `share` of all do not exceed, of pairs value × how many; None for none."""
    number = sum(many for _, many in histogram)
    reached = 0
    for value, many in sorted(histogram):
        reached += many
        if reached >= share * number:
            return value
    return None
