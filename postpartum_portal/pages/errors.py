"""What is answered when something under the portal is away: a sentence that says whether to send again, never a 500."""

import errno
import sys
from contextlib import suppress

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.defaults import server_error as unforeseen

from postpartum_portal.shared.sent import TOKEN, typed
from postpartum_portal.shared.storage import StoreAway

RETRY_AFTER_SECONDS = 60
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
MOST_FIELDS = 500
"""What is sent again must be what was sent; no form of the portal has more."""

PIECE, MOST_PIECES = 65_536, 1_000
"""Bytes; what is larger than all of them together was refused while it arrived."""

SHOWN = ("", "document", "iframe")
"""Where the browser shows the answer as a page. Old browsers do not say; a script or a picture says what it is."""


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500. Touches neither database nor session: they may be what is away."""
    if not _is_away(sys.exc_info()[1]):
        return unforeseen(request)
    sent = None if request.method in ("GET", "HEAD") else _sent(request)
    _read_to_the_end(request)
    if request.headers.get("Sec-Fetch-Dest", "") not in SHOWN:
        return _told(HttpResponse(_("いまつながりません。"), content_type="text/plain; charset=utf-8"))
    return _told(HttpResponse(unavailable_page(request.get_full_path(), *(sent or ()))))


def unavailable_page(
    address: str, sent: list[tuple[str, str]] | None = None, chose_files: bool = False, token: str = ""
) -> str:
    """The page; `sent` is what a form sent, to be sent again by a button. None: nothing was sent.

    The form's token is the one that her browser sent, and no other: whoever made her send something cannot do it again
    by this page.
    """
    again = {"address": address, "sent": sent, "chose_files": chose_files, "csrf_token": token}
    return render_to_string("503.html", {**again, "messages": ()})


def _is_away(error: BaseException | None) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, StoreAway) or (isinstance(error, OSError) and error.errno in NO_ROOM)


def _read_to_the_end(request: HttpRequest) -> None:
    """A browser that is still sending a file looks for the answer when it has sent all, or shows a cut line instead."""
    with suppress(OSError):
        for _piece in range(MOST_PIECES):
            if not request.read(PIECE):
                return


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], bool, str]:
    """What was typed, whether files came with it, and the token of its page."""
    try:
        return typed(request.POST)[:MOST_FIELDS], bool(request.FILES), request.POST.get(TOKEN, "")
    except (OSError, SuspiciousOperation, MultiPartParserError):  # reading what was sent is what failed
        return [], False, ""


def _told(response: HttpResponse) -> HttpResponse:
    response.status_code = 503
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    add_never_cache_headers(response)
    return response
