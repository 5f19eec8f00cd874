"""Many clients at once, each with a database connection of its own, all let go at the same moment."""

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connection, connections

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.processes.support.environment import IN_MEMORY

Answer = TypeVar("Answer")
SECONDS = 300
"""No race takes longer, however busy the machine is; one that hangs fails."""


def in_rounds(short: int) -> pytest.MarkDecorator:
    """Run a race so often (`rounds`) in `make test`, and twenty times in `make soak`."""
    return pytest.mark.parametrize("rounds", [short, pytest.param(20, marks=pytest.mark.soak)])


each_round = pytest.mark.parametrize(
    "round_", [0, *(pytest.param(more, marks=pytest.mark.soak) for more in range(1, 20))]
)
"""For a race that begins with its own fixtures: once in `make test`, twenty times with `make soak`."""


def race(clients: Sequence[Callable[[], Answer]], *, municipality: int) -> list[Answer | Exception]:
    """What each client got, an exception included, in the order of the clients."""
    start = threading.Barrier(len(clients))

    def run(client: Callable[[], Answer]) -> Answer | Exception:
        try:
            with tenant(municipality=municipality):
                connection.ensure_connection()
                start.wait(SECONDS)
                return client()
        except Exception as error:  # the outcome of this client, judged by the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        futures = [pool.submit(run, client) for client in clients]
        return [future.result(SECONDS) for future in futures]


def needs_a_shared_database() -> None:
    """Skip where the database lives in this thread's memory: no second connection could see it."""
    if connection.vendor == "sqlite" and any(mark in str(connection.settings_dict["NAME"]) for mark in IN_MEMORY[1:]):
        pytest.skip("Name a server (DATABASE_URL) or a file (TEST_DATABASE_NAME): see scripts/checks.py")


def mother_of(town: Municipality) -> Entitlement:
    """Everything granted, for a child born ten days ago."""
    born = clock.today() - dt.timedelta(days=10)
    made = factories.EntitlementFactory(municipality=town, birth__born_on=born, birth__due_date=born)
    found = entitlement_of(made.citizen, town)
    assert found is not None
    return found
