"""Emptying the tables after a test while processes beside it look for work at any moment."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

TRIES = 5
PATIENCE = "SET LOCAL lock_timeout = '60s'"
"""Whoever keeps a table for longer than that does not come back: the test says so, instead of waiting with it."""


@contextmanager
def emptied_again_after_a_deadlock() -> Iterator[None]:
    """For the block, flushing begins anew when PostgreSQL has ended it in favour of a reader.

    TRUNCATE locks table after table, a planner of the worker reads several in another order: each may hold what the
    other waits for. In production nobody truncates.
    """
    kind = type(connection.ops)
    once = kind.execute_sql_flush

    def execute_sql_flush(self: Any, sql_list: Iterable[str]) -> None:
        statements = [PATIENCE, *sql_list] if self.connection.vendor == "postgresql" else list(sql_list)
        for left in reversed(range(TRIES)):
            try:
                return once(self, statements)
            except OperationalError as error:
                if not (left and isinstance(error.__cause__, DeadlockDetected)):
                    raise
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "execute_sql_flush", execute_sql_flush)
        yield
