"""A browser that somebody has signed in from: what is tried elsewhere with her address does not stop her there.

Its cookie holds a number of its own and, for each address that signed in, a mark that only this portal can make. It
lets nobody in: it only says with whom a try is counted.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from postpartum_portal.shared.text import TextError, normalise_email

SALT = "postpartum_portal.accounts.known_browsers"
MAX_AGE = 400 * 24 * 60 * 60
"""Seconds; browsers keep no cookie for longer."""

MOST = 5
"""Addresses of one browser: a family's, or a desk's. The oldest is forgotten first."""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let `response` tell this browser that `email` signed in from it."""
    name, marks = _read(request)
    mine = _mark(email)
    marks = [mine, *(mark for mark in marks if mark != mine)][:MOST]
    response.set_signed_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        ":".join([name or secrets.token_hex(8), *marks]),
        salt=SALT,
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_as(request: HttpRequest, email: str) -> str:
    """The browser's own number if `email` has signed in from it, else ""."""
    name, marks = _read(request)
    return name if _mark(email) in marks else ""


def plain_email(typed: str) -> str:
    """An address as accounts have it; what is none stays as it was typed, for a field's own check to say so."""
    try:
        return normalise_email(typed)
    except TextError:
        return typed


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    value = request.get_signed_cookie(settings.KNOWN_BROWSER_COOKIE_NAME, "", salt=SALT, max_age=MAX_AGE) or ""
    name, *marks = value.split(":")
    return name, marks


def _mark(email: str) -> str:
    return salted_hmac(SALT, email.lower()).hexdigest()[:24]
