"""Waiting for what other processes do."""

from collections.abc import Callable
from time import monotonic, sleep


def eventually(is_so: Callable[[], bool], *, seconds: float = 15) -> bool:
    """Tell whether something becomes so in time."""
    deadline = monotonic() + seconds
    while not is_so():
        if monotonic() > deadline:
            return False
        sleep(0.05)
    return True
