"""A month of days to choose from, laid out Sunday first: what each cell says, shows and does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from . import wareki

State = Literal["free", "full", "none", "late"]
Week: TypeAlias = list["DayCell | None"]


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day.

    `state`: "free" may be chosen, "full" leads to the waiting list (`href`), "none" is closed, "late" is past the last
    day. `chosen` marks the days of the stay that is chosen, its arrival being `checked`; `last` the last day of use.
    """

    day: date
    state: State
    small: str
    spoken: str
    href: str = ""
    checked: bool = False
    chosen: bool = False
    last: bool = False

    @property
    def css(self) -> str:
        shown = "in" if self.chosen else {"late": "late none"}.get(self.state, self.state)
        return f"{shown} last" if self.last else shown

    @property
    def value(self) -> str:
        """The radio button's value; only a free day, or the arrival already chosen, is one.

        A free day inside the chosen stay is one too: the arrow keys move the arrival by a day, not past the stay.
        """
        return self.day.isoformat() if self.checked or self.state == "free" else ""


@dataclass(frozen=True, slots=True)
class Month:
    """`caption`: 令和8年5月; weeks without any cell are left out."""

    caption: str
    weeks: tuple[Week, ...]


def lay_out(cells: Sequence[DayCell]) -> Month:
    """The weeks of one month's cells, which are given in order and without gaps."""
    blanks = (cells[0].day.weekday() + 1) % 7  # Sunday begins the week
    row: Week = [None] * blanks
    row += cells
    row += [None] * (-len(row) % 7)
    return Month(wareki.month(cells[0].day), tuple(row[start : start + 7] for start in range(0, len(row), 7)))


def places(count: int) -> str:
    """`○2`, `△1`: many or few places; a full day says 待つ instead."""
    return f"{'○' if count > 1 else '△'}{count}"
