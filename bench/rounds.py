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
    name: str
    value: float
    unit: str
    places: int = 2

    def __str__(self) -> str:
        return f"{self.name} {self.value:.{self.places}f} {self.unit}"


def times_faster(ours: Callable[[], object], than: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """How many times as much `than` takes as `ours`. Each runs once unmeasured first."""
    ours(), than()
    return median(_seconds(than) / _seconds(ours) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
