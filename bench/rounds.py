"""How a figure is taken: the candidates take turns in the same run, and the median of the rounds' ratios is told.

Absolute times of one machine differ by a factor of two within an hour; the ratio of neighbours does not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """`promised`: what the value is held to, in words: at least 0.03."""

    name: str
    value: float
    unit: str
    places: int = 2
    promised: str = ""

    def __str__(self) -> str:
        told = (self.name, f"{self.value:.{self.places}f}", self.unit, self.promised and f"({self.promised})")
        return " ".join(filter(None, told))


def times_faster(ours: Callable[[], object], than: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """How many times as much `than` takes as `ours`. Each runs once unmeasured first."""
    ours(), than()
    return median(_seconds(than) / _seconds(ours) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
