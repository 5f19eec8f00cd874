"""Asking an address as somebody, and what became of it. Every answer is undone, so that the world stays as it was."""

import re
from importlib import import_module
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.db import transaction
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, ClientHandler, FakePayload, encode_multipart

from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from tests.access.rules.outcomes import METHOD, NOTHING, REACHED, SIGN_IN

CHANGING = re.compile(rb'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": *"[^"]*"')
SIGNED_OUT = "ログインが切れたので、保存していません".encode()
"""The whole answer to a page that saves by itself."""
NONCE = re.compile(r"'nonce-[^']*'")

BACKEND = "django.contrib.auth.backends.ModelBackend"

_handler = ClientHandler(enforce_csrf_checks=False)
_requests = RequestFactory()


def session_of(user: int | None) -> str:
    """The key of a new session of this account."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    if user is not None:
        row = User.objects.get(pk=user)
        session[SESSION_KEY] = str(row.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = row.get_session_auth_hash()
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": clock.now().timestamp()}]
    session.create()
    return str(session.session_key)


def ask(method: str, path: str, session: str, data: Any = None, **headers: str) -> Any:
    """The answer to one request of this session's browser; what it wrote is undone."""
    cache.clear()  # counts of tries, which would stop the walk
    with transaction.atomic():
        try:
            return ask_and_keep(method, path, session, data, **headers)
        finally:
            transaction.set_rollback(True)


def ask_and_keep(method: str, path: str, session: str, data: Any = None, **headers: str) -> Any:
    bare, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": bare,
        "QUERY_STRING": query,
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    if method in ("POST", "PUT", "PATCH"):
        body = encode_multipart(BOUNDARY, data or {})
        environ |= {
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": MULTIPART_CONTENT,
            "wsgi.input": FakePayload(body),
        }
    response: Any = _handler(_requests._base_environ(**environ))  # type: ignore[attr-defined]
    if response.streaming:
        response.content_read = b"".join(response.streaming_content)
    return response


def outcome(response: Any) -> str:
    """What the guard decided. A page, a sentence about a mistake and a redirect are all `reached`."""
    where = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
    if where.startswith("/accounts/login/"):
        return SIGN_IN
    if not response.streaming and SIGNED_OUT in response.content:
        return SIGN_IN
    if response.status_code == 404:
        return NOTHING
    if response.status_code == 405:
        return METHOD
    if response.status_code == 403 or response.status_code >= 500:
        return f"status {response.status_code}"
    return REACHED


def told(response: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """All that somebody can see of an answer, but for what is new in each."""
    body = response.content_read if response.streaming else response.content
    headers = {name: NONCE.sub("", value) for name, value in response.headers.items()}
    return response.status_code, CHANGING.sub(b"", body), tuple(sorted(headers.items()))
