"""A test's tables are emptied although the worker reads on in another order than they are locked in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection

from postpartum_portal.accounts.models import User
from tests import factories
from tests.plugins.emptying import empty, tables_to_lock
from tests.scripts.waiting import eventually


@pytest.fixture(autouse=True)
def rows(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL locks by table")
    factories.UserFactory()


def test_emptying__ends_although_a_reader_holds_what_it_waits_for() -> None:
    with _reader_against_the_order():
        empty()

    assert not User.objects.exists()


def test_emptying__control__is_ended_in_favour_of_the_reader() -> None:
    with _reader_against_the_order(), pytest.raises(OperationalError, match="deadlock"):
        empty(tries=1)


@contextmanager
def _reader_against_the_order() -> Iterator[None]:
    """Reads the last table, and the first one as soon as emptying waits for the last."""
    first, *_, last = tables_to_lock()
    parameters = connection.get_connection_params()
    with psycopg.connect(**{name: parameters[name] for name in ("dbname", "user", "host", "port")}) as reading:
        reading.execute("SET LOCAL deadlock_timeout = '30s'")  # it is emptying that shall notice
        reading.execute(f'TABLE "{last}" LIMIT 1')

        def read_on() -> None:
            assert eventually(lambda: _somebody_waits(reading))
            reading.execute(f'TABLE "{first}" LIMIT 1')
            reading.commit()

        thread = threading.Thread(target=read_on)
        thread.start()
        yield
        thread.join()


def _somebody_waits(reading: psycopg.Connection) -> bool:
    row = reading.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'").fetchone()
    return bool(row and row[0])
