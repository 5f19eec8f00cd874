"""What answers a form whose CSRF token is over: she signed in again in another tab, or her cookies were removed.

The form says by a signature whose page it was (unsent.py), and the browser that it stood on our own site: so what she
typed is kept and stands on that page again, where she sends it herself. All others get the page that says what to do.
"""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.csrf import csrf_failure

from .signing_in import comes_from_here, sign_in_with_it_kept
from .unsent import keep


def refused(request: Any, reason: str = "") -> HttpResponseBase:
    """The settings' CSRF_FAILURE_VIEW."""
    if not comes_from_here(request) or request.htmx or not (page := keep(request)):
        return csrf_failure(request, reason)
    return redirect(page) if request.user.is_authenticated else sign_in_with_it_kept(page)
