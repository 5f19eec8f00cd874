"""A web server that is killed where the request says so: before its work is committed, after it, before the answer."""

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

HEADER = "X-Die"
BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER = "before commit", "after commit", "before answer"
POINTS = (BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER)


class DyingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        point = request.headers.get(HEADER, "")
        if point not in POINTS:
            return self.get_response(request)
        line: Any = connections["default"]
        commit = line._commit

        def dying_commit() -> None:
            if point == BEFORE_COMMIT:
                _die()
            commit()
            if point == AFTER_COMMIT:
                _die()

        line._commit = dying_commit
        try:
            response = self.get_response(request)
        finally:
            del line._commit
        if point == BEFORE_ANSWER:
            _die()
        return response


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
