"""W2 for the counts of tries: a Redis that hangs, is gone or was emptied holds nobody up."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from postpartum_portal.shared.steady_cache import SteadyCache, away

QUICK = 2.0
"""Seconds: one connection that is given up after half a second, on a busy machine."""


@pytest.fixture(autouse=True)
def _nothing_away() -> Iterator[None]:
    away.forget()
    yield
    away.forget()


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a Redis that takes connections and answers nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_a_redis_that_hangs__is_waited_for_once_and_tries_are_counted_meanwhile(hanging: str) -> None:
    cache = SteadyCache(hanging, {})
    began = time.perf_counter()

    cache.clear()
    cache.add("tries", 0, 60)
    counted = [cache.incr("tries") for _ in range(50)]

    assert counted[-1] == 50
    assert time.perf_counter() - began < QUICK


def test_control__djangos_own_cache_waits_for_it(hanging: str) -> None:
    def ask() -> None:
        with suppress(RedisError):  # when the test closes the door
            RedisCache(hanging, {}).get("tries")

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(QUICK)

    assert asking.is_alive()


def test_a_redis_that_is_gone__is_noticed_at_once_and_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    cache = SteadyCache(f"redis://127.0.0.1:{port}/0", {})
    cache.set("seen", 1)
    assert cache.get("seen") == 1
    asked: list[str] = []
    monkeypatch.setattr(RedisCache, "get", lambda *_args, **_kwargs: asked.append("redis"))

    cache.get("seen")
    assert asked == []
    away.forget()
    cache.get("seen")

    assert asked == ["redis"]
