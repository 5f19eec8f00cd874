"""How long a request may wait for the database: so long that its answer is there while somebody still looks at it.

Only web requests have one (`DeadlineMiddleware`); workers and commands have the limits of their own tasks, or none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_ends: ContextVar[float | None] = ContextVar("deadline", default=None)
"""The reading of the monotonic clock at which the request in hand must have its answer."""


def seconds_left() -> float | None:
    """Of the request in hand, 0 when its time is over; None for whatever is no request."""
    ends = _ends.get()
    return None if ends is None else max(0.0, ends - monotonic())


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let all waiting for the database in the block end so soon."""
    token = _ends.set(monotonic() + seconds)
    try:
        yield
    finally:
        _ends.reset(token)


class DeadlineMiddleware:
    """Stands first: what all others ask of the database counts as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with within(settings.ANSWER_SECONDS):
            return self.get_response(request)
