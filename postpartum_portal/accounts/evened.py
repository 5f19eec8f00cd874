"""Doors that answer everybody after the same time: how long one works tells whether an address has an account."""

from collections.abc import Callable
from functools import wraps
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from .signing_in import READING


def evened(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Nothing that is sent to `view` is answered before `SIGN_IN_SECONDS` have passed, which its work fits into."""

    @wraps(view)
    def waiting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in READING:
            return view(request, *args, **kwargs)
        began = monotonic()
        try:
            return view(request, *args, **kwargs)
        finally:
            sleep(max(0.0, settings.SIGN_IN_SECONDS - (monotonic() - began)))

    return waiting
