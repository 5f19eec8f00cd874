"""Scratch databases on the PostgreSQL server that DATABASE_URL names; each is taken away again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def scratch_database(subject: str) -> Iterator[str]:
    """Work in an empty database with all tables; its name."""
    if connection.vendor != "postgresql":
        sys.exit(f"bench {subject} needs PostgreSQL: make bench, or DATABASE_URL=postgres://…")
    own = connection.settings_dict["NAME"]
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield name
    finally:
        enter(name)
        connection.creation.destroy_test_db(own, verbosity=0)


@contextmanager
def copy_of(name: str) -> Iterator[str]:
    """The name of a copy of a scratch database; nobody may be connected to that."""
    copy = f"{name}_copy"
    enter(name)
    _run(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    try:
        yield copy
    finally:
        enter(name)
        _run(f'DROP DATABASE IF EXISTS "{copy}"')


def enter(name: str) -> None:
    """From now on this process works in the database of that name."""
    connection.close()
    connection.settings_dict["NAME"] = name


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
