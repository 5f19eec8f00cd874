"""Tables are emptied of what a test with real transactions left: of their rows, where there are any.

Django truncates them all, each with its indexes, and makes content types and permissions anew: half a second a test.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

STAY = {model._meta.db_table for model in (ContentType, Permission)}
"""Tables of what the code says itself."""


@pytest.fixture(autouse=True, scope="session")
def _empty_only_what_is_full() -> Iterator[None]:
    original: Any = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def tear_down(self: Any) -> None:
        if connection.vendor != "postgresql":
            original(self)
            return
        try:
            empty()
        except DatabaseError:  # a process beside this one wrote meanwhile what hangs on a row that goes
            original(self)

    TransactionTestCase._fixture_teardown = tear_down  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


def empty() -> None:
    """Delete all rows but those that `STAY`, in one transaction: at its end foreign keys are looked at.

    The tables are locked first, as TRUNCATE does: a planner beside the test would add jobs for towns that are gone.
    """
    tables = sorted(set(connection.introspection.django_table_names()) - STAY)
    locked = ", ".join(f'"{table}"' for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '30s'; LOCK TABLE {locked} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM \"{table}\" LIMIT 1)" for table in tables))  # noqa: S608
        if full := [table for (table,) in cursor.fetchall()]:
            cursor.execute(";".join(f'DELETE FROM "{table}"' for table in full))  # noqa: S608
