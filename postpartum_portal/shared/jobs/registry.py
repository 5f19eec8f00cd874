"""Which function does which kind of job. Apps register in `AppConfig.ready`; nothing here knows them."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .runner import Lease

Handler = Callable[["Lease"], None]
Planner = Callable[[dt.datetime], None]

_handlers: dict[str, Handler] = {}
_planners: list[Planner] = []


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function for `kind`. It is called with a `Lease` and must bear being called twice."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def planner(function: Planner) -> Planner:
    """Register a function that looks at the portal's time and enqueues what has become due."""
    if function not in _planners:
        _planners.append(function)
    return function


def handler_of(kind: str) -> Handler:
    return _handlers[kind]


def planners() -> tuple[Planner, ...]:
    return tuple(_planners)
