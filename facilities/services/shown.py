"""What a page told of a consequence before it asked, written into its form and read back with the answer."""

from dataclasses import dataclass
from typing import Self

from eligibility import engine

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Shown:
    """A consequence as it was told. `owed`: whole yen, None where no amount is published; `counted`: pool code, units.

    As text, in one hidden value: `late 18600 all_uses=1 stay_nights=1`.
    """

    kind: engine.ConsequenceKind
    owed: int | None
    counted: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, consequence: engine.Consequence) -> Self:
        owed = None if isinstance(consequence.total, engine.Unpublished) else int(consequence.total)
        return cls(consequence.kind, owed, tuple(sorted(consequence.counted.items())))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what no page has written, such as a form that has told nothing yet."""
        try:
            kind, owed, *counted = text.split(" ")
            units = [(code, int(number)) for code, _, number in (item.partition("=") for item in counted)]
            return cls(engine.ConsequenceKind(kind), None if owed == OPEN else int(owed), tuple(units))
        except ValueError:
            return None

    def __str__(self) -> str:
        owed = OPEN if self.owed is None else str(self.owed)
        return " ".join([self.kind.value, owed, *(f"{code}={number}" for code, number in self.counted)])


def check_shown(shown: Shown, consequence: engine.Consequence) -> None:
    """Raises ConsequenceChanged: it is another than what was told."""
    if Shown.of(consequence) != shown:
        raise ConsequenceChanged(consequence)


class ConsequenceChanged(Exception):
    """A cancellation or a no-show now means something else than was told. `consequence` is what it means now."""

    def __init__(self, consequence: engine.Consequence) -> None:
        super().__init__(consequence.kind.value)
        self.consequence = consequence
