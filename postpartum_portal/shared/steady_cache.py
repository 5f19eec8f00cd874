"""The cache of production: Redis, for all web processes together; while that is away, a small one in each process.

It holds counts of tries. Nobody waits for Redis, and nobody may guess without end because it is gone (docs/adr/0032).
"""

from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .away import REDIS

WAITS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
"""Seconds; Redis answers within a thousandth of this."""


class SteadyCache(RedisCache):
    """Django's Redis cache; what fails, or takes too long, is answered by this process."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": WAITS})
        self._here = LocMemCache("while Redis is away", params)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("add", *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("set", *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("delete", *args, **kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("incr", *args, **kwargs)

    def clear(self) -> Any:
        return self._ask("clear")

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        if not REDIS:
            try:
                return getattr(super(), name)(*args, **kwargs)
            except RedisError:
                REDIS.note()
        if name == "incr":
            self._here.add(args[0], 0)  # its caller has begun to count in Redis
        return getattr(self._here, name)(*args, **kwargs)
