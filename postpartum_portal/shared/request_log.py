"""One line in the log for each request: which page, what became of it, how long it took, and whose account it was.

Neither the address nor its query, headers or form: they hold what people type, and the keys of mailed links.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

import structlog
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)


class RequestLog:
    """All lines that are written on the way to an answer carry the request's own number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=uuid4().hex):
            response = self.get_response(request)
            write = log.error if response.status_code >= 500 else log.info
            write("request", **_about(request), status=response.status_code, ms=round(1000 * (perf_counter() - began)))
        return response


def _about(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    user = getattr(request, "_cached_user", None)  # as it was loaded: this asks for nobody who was not asked for
    return {"method": request.method, "view": match.view_name if match else None, "account": user and user.pk}


@receiver(got_request_exception)
def _say_what_failed(request: HttpRequest | None = None, **_: Any) -> None:
    """The settings take the message away: it quotes what people typed."""
    log.error("request_failed", **(_about(request) if request else {}), exc_info=True)  # noqa: LOG014  # Django calls it while it handles one
