"""The published programmes and their facilities, read from their files once a session and written as rows a test."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from eligibility.public import Municipality

from .strict import FROZEN_AT

Rows = list[list[Model]]
"""Of each model the rows, as they were saved."""

_statements: dict[int, tuple[Rows, list[tuple[str, Any]]]] = {}
"""By their identity the rows, held so that no others take it, and what writes them."""


@pytest.fixture(scope="session")
def _published_rows(django_db_setup: None, django_db_blocker: Any) -> Rows:
    """What `manage.py load_programmes` makes of an empty database."""
    with django_db_blocker.unblock():
        return rows_left_by(partial(call_command, "load_programmes", verbosity=0), at=FROZEN_AT)


@pytest.fixture
def published(db: None, _published_rows: Rows) -> Callable[[str], Municipality]:
    """`published("kodaira")`: that municipality, once all five are loaded."""

    def municipality(slug: str) -> Municipality:
        if not Municipality.objects.filter(slug=slug).exists():
            if any(type(rows[0])._base_manager.exists() for rows in _published_rows):
                call_command("load_programmes", verbosity=0)  # a test's own rows may hold the same keys
            else:
                write(_published_rows)
        return Municipality.objects.get(slug=slug)

    return municipality


def rows_left_by(work: Callable[[], object], *, at: str) -> Rows:
    """What a piece of work, done at that instant, adds to the database as it is; nothing of it stays there."""
    with time_machine.travel(at, tick=False):
        return rows_added_by(work)


def rows_added_by(work: Callable[[], object]) -> Rows:
    """The same at the moment that it is. What is there afterwards too came from elsewhere: a worker may be running."""
    with transaction.atomic():
        work()
        found = _all_rows()
        transaction.set_rollback(True)
    others = {row for rows in _all_rows() for row in rows}
    return [added for rows in found if (added := [row for row in rows if row not in others])]


def write(made: Rows) -> None:
    """Write the rows, keys included, in any order: foreign keys are looked at when the transaction ends.

    Of the same rows the statements are built once a session: most tests begin with them, and building takes longest.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if id(made) in _statements:
            for statement in _statements[id(made)][1]:
                cursor.execute(*statement)
            return
        found: list[tuple[str, Any]] = []
        with connection.execute_wrapper(partial(_remembering, found)):
            for rows in made:
                type(rows[0])._base_manager.bulk_create(rows)
        _statements[id(made)] = made, found


def _remembering(found: list[tuple[str, Any]], execute: Any, sql: str, params: Any, *more: Any) -> Any:
    operations: Any = connection.ops
    in_one_text = connection.vendor == "postgresql"
    found.append((operations.compose_sql(sql, params), None) if in_one_text else (sql, params))
    return execute(sql, params, *more)


def _all_rows() -> Rows:
    return [rows for model in apps.get_models() if (rows := list(model._base_manager.order_by("pk")))]
