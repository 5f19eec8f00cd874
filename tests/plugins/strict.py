"""The test net: what would pass unseen in production fails here.

An undefined variable in a template fails the test; a queryset without an order comes back shuffled; nothing leaves the
machine; the clock stands still unless a test moves it.
"""

import random
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import time_machine
from django.db.models.query import QuerySet
from django.template import Engine

FROZEN_AT = "2026-03-05T10:00:00+09:00"
LOOPBACK = ("127.", "::1", "localhost")

# A busy machine breaks no rule. `make test` tries the same cases each time, so that a change is judged by what it does;
# `make soak` looks for new ones.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=True)
hypothesis.settings.register_profile("soak", deadline=None)
hypothesis.settings.load_profile("portal")


class UndefinedVariable(str):
    """Stands in for `string_if_invalid`: Django formats it with the name of a variable that does not exist."""

    def __bool__(self) -> bool:
        """Django asks this first: an empty stand-in would pass every variable unseen."""
        return True

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, name: object) -> str:
        pytest.fail(f"undefined variable in a template: {name}")


@pytest.fixture(autouse=True, scope="session")
def _fail_on_undefined_template_variables() -> Iterator[None]:
    engine = Engine.get_default()
    engine.string_if_invalid = UndefinedVariable()
    yield
    engine.string_if_invalid = ""


@pytest.fixture(autouse=True, scope="session")
def _shuffle_unordered_querysets() -> Iterator[None]:
    original = QuerySet._fetch_all

    def fetch_shuffled(self: Any) -> None:
        fresh = self._result_cache is None
        original(self)
        if fresh and not self.ordered and not self.query.is_sliced:
            random.shuffle(self._result_cache)

    QuerySet._fetch_all = fetch_shuffled  # type: ignore[method-assign]
    yield
    QuerySet._fetch_all = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Iterator[None]:
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise OSError(f"a test may not reach {address!r}")
        original(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def clock_at(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The frozen clock, 2026-03-05 10:00 in Tokyo. `clock_at.move_to(...)` moves it. Real processes keep real time."""
    if request.node.get_closest_marker("journey") or request.node.get_closest_marker("processes"):
        yield None
        return
    with time_machine.travel(FROZEN_AT, tick=False) as traveller:
        yield traveller
