"""Tables are emptied of what a test with real transactions left: of their rows, where there are any.

Django truncates them all, each with its indexes, and makes content types and permissions anew: half a second a test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.test import TransactionTestCase
from psycopg.errors import DeadlockDetected

from tests.plugins.codes import look_at_tables

STAY = {model._meta.db_table for model in (ContentType, Permission)}
"""Tables of what the code says itself."""

TRIES = 5


@pytest.fixture(autouse=True, scope="session")
def _empty_only_what_is_full() -> Iterator[None]:
    original: Any = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def tear_down(self: Any) -> None:
        look_at_tables()
        if connection.vendor == "postgresql":
            empty()
        else:
            original(self)

    TransactionTestCase._fixture_teardown = tear_down  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


def empty(*, tries: int = TRIES) -> None:
    """Delete all rows but those that `STAY`; begin anew when PostgreSQL has ended it in favour of a reader.

    One table is locked after another, a planner of the worker beside the test reads several in another order: each may
    hold what the other waits for. In production nobody empties tables.
    """
    for left in reversed(range(tries)):
        try:
            return _delete()
        except OperationalError as error:
            if not (left and isinstance(error.__cause__, DeadlockDetected)):
                raise
    return None


def tables_to_lock() -> list[str]:
    """In the order in which they are locked."""
    return sorted(set(connection.introspection.django_table_names()) - STAY)


def _delete() -> None:
    """In one transaction, at whose end foreign keys are looked at.

    The tables are locked first: a planner beside the test would add jobs for towns that are gone. Whoever keeps one for
    a minute does not come back: the test says so, instead of waiting with it.
    """
    tables = tables_to_lock()
    locked = ", ".join(f'"{table}"' for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")  # the owner's rights: see rights.py
        cursor.execute(f"SET LOCAL lock_timeout = '60s'; LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables))  # noqa: S608
        if full := [table for (table,) in cursor.fetchall()]:
            cursor.execute(";".join(f'DELETE FROM "{table}"' for table in full))  # noqa: S608
