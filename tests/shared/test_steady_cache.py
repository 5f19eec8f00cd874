"""W2 for the counts of tries: a Redis that hangs, is gone or was emptied holds nobody up."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.cache.backends.redis import RedisCache
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from postpartum_portal.celery import app
from postpartum_portal.shared.away import REDIS
from postpartum_portal.shared.jobs import wake
from postpartum_portal.shared.jobs.tasks import run_job
from postpartum_portal.shared.steady_cache import SteadyCache

QUICK = 2.0
"""Seconds: one connection that is given up after half a second, on a busy machine."""


@pytest.fixture(autouse=True)
def _nothing_away() -> Iterator[None]:
    REDIS.forget()
    yield
    REDIS.forget()


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


def test_a_redis_that_hangs__is_waited_for_once_by_whoever_wakes_a_worker(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.perf_counter()
    assert woken(hanging, monkeypatch) == [1], "it was asked"
    assert woken(hanging, monkeypatch) == [], "and is left alone"
    assert time.perf_counter() - began < QUICK


def test_a_redis_that_hangs__found_so_by_the_cache__is_asked_for_no_worker(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    SteadyCache(hanging, {}).get("tries")
    assert woken(hanging, monkeypatch) == []


@pytest.mark.soak
def test_control__with_kombus_second_try_a_hanging_redis_is_waited_for_longer(
    hanging: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.conf.broker_transport_options, "max_retries", 1)
    began = time.perf_counter()
    assert woken(hanging, monkeypatch) == [1]
    assert time.perf_counter() - began > 2 * QUICK - 0.1


def woken(redis: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs for which this Redis is asked to wake a worker."""
    asked: list[int] = []
    line = app.connection_for_write(redis)

    def ask(*, args: tuple[int], queue: str) -> None:
        asked.extend(args)
        app.send_task("run_job", args=args, queue=queue, connection=line)

    monkeypatch.setattr(run_job, "apply_async", ask)
    with suppress(OperationalError), line:
        wake.by_celery(1, "mail")
    return asked


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
    REDIS.forget()
    cache.get("seen")

    assert asked == ["redis"]
