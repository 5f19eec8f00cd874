"""On PostgreSQL all tests work as the portal does in production: by a role that changes no table and nothing kept.

What the suite shows to work, works with these rights. `as_owner` is for tests of what only the owner does: migrations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from postpartum_portal.shared import rights

ASSUME = "assume_role"
"""Django's option: each connection begins with SET ROLE."""


OTHERS_END = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the tests with a role of its own, under which all further connections work."""
    if connection.vendor != "postgresql":
        yield
        return
    role = f"{connection.settings_dict['NAME']}_portal"
    with django_db_blocker.unblock():
        _run(f'DROP ROLE IF EXISTS "{role}"; CREATE ROLE "{role}" NOLOGIN')
        rights.grant(role)
        _work_as(role)
    yield
    with django_db_blocker.unblock():
        _work_as(None)
        _run(OTHERS_END)  # a browser's callbacks have connections of their own
        _run(f'DROP OWNED BY "{role}"; DROP ROLE "{role}"')
        connection.close()


@contextmanager
def as_owner() -> Iterator[None]:
    """For the block this connection has all rights."""
    _run("SET ROLE NONE")
    try:
        yield
    finally:
        if role := connection.settings_dict["OPTIONS"].get(ASSUME):
            _run(f'SET ROLE "{role}"')


def _work_as(role: str | None) -> None:
    connection.settings_dict["OPTIONS"][ASSUME] = role
    connection.close()


def _run(statements: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statements)
