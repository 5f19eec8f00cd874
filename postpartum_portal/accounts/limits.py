"""How often a code may be asked for, or a second factor tried, before somebody has to wait (docs/adr/0032).

Tries are counted in the cache, in spans that begin at the same moment for everybody: by the browser where its cookie
proves a former sign-in with this address, else by where they come from and, beyond that, by all who are unknown. So
nobody elsewhere can use up what is hers. What is counted stands behind a hash: no address is written down.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from postpartum_portal.shared import clock

from .known_browsers import known_as


def count(action: str, email: str, request: HttpRequest) -> dt.datetime | None:
    """Count one try; None if it may go on, else from when on the next one may.

    `action` is a key of `settings.SIGN_IN_LIMITS`. The narrow count is asked first, and a try that it stops is not
    counted among those of all strangers: one of them cannot use up what is left to the others.
    """
    tries = (_add(*bucket) for bucket in _buckets(action, email, request))
    return next((until for until in tries if until), None)


def take_back(action: str, email: str, request: HttpRequest) -> None:
    """The try that was counted was right."""
    for name, _most, span in _buckets(action, email, request):
        with suppress(ValueError):  # it ran out in between
            cache.decr(_key(name, span))


def once_more(code: str, request: HttpRequest) -> bool:
    """Count a try at one mailed code, whatever else is sent beside it at the same moment; False after the third.

    allauth counts in the session, which requests that run side by side all read before one of them has written it.
    """
    most = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
    return _add(f"code:{request.session.session_key}:{code}", most, settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) is None


def _buckets(action: str, email: str, request: HttpRequest) -> Iterator[tuple[str, int, int]]:
    limits = settings.SIGN_IN_LIMITS.get(action, {})
    browser = known_as(request, email)
    if browser:
        counted = {"known": f"browser:{browser}"}
    else:
        counted = {"source": f"source:{get_adapter().get_client_ip(request)}", "strangers": "strangers"}
    for which, who in counted.items():
        for most, span in limits.get(which, ()):
            yield f"{action}:{email.lower()}:{who}", most, span


def _add(name: str, most: int, span: int) -> dt.datetime | None:
    key = _key(name, span)
    cache.add(key, 0, span)
    tries = 1
    with suppress(ValueError):  # it ran out in between
        tries = cache.incr(key)
    if tries <= most:
        return None
    return dt.datetime.fromtimestamp((_span_number(span) + 1) * span, clock.TOKYO)


def _key(name: str, span: int) -> str:
    return f"sign-in:{hashlib.sha256(name.encode()).hexdigest()}:{span}:{_span_number(span)}"


def _span_number(span: int) -> int:
    return int(clock.now().timestamp()) // span
