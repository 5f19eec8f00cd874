"""A server that did not answer is left alone for a moment, by all threads of a process.

Else each caller waits for it anew, and those who queue behind them for a thread get no answer in time.
"""

from time import monotonic


class Away:
    """Whether a server is taken for away; `seconds` later somebody tries again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = 0.0

    def __bool__(self) -> bool:
        return monotonic() < self._until

    def note(self) -> None:
        self._until = monotonic() + self._seconds

    def forget(self) -> None:
        self._until = 0.0


REDIS = Away(seconds=10)
"""Of the cache and of the calls to workers, which ask the same server: whoever waited for one waits for no other."""
