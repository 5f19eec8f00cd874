"""Several people at the same instant."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scopes_disabled

needs_real_threads = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite writes one at a time; threads cannot share it in memory"
)


def at_once(*deeds: Callable[[], Any], told: tuple[type[Exception], ...]) -> list[Any]:
    """What each deed returned, or which refusal it was `told`; each in a thread and a transaction of its own."""
    start = Barrier(len(deeds), timeout=10)

    def run(deed: Callable[[], Any]) -> Any:
        with _everybody():
            start.wait()
            try:
                return deed()
            except told as refusal:
                return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@contextmanager
def _everybody() -> Iterator[None]:
    try:
        with scopes_disabled():
            yield
    finally:
        connection.close()
