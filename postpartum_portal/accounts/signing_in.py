"""The way to the sign-in page and back, for somebody whose session has ended in the middle of something."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from .unsent import keep

READING = ("GET", "HEAD")


def to_sign_in(request: Any) -> HttpResponseBase:
    """Lead to the sign-in page, which leads back; what was sent waits if it says whose it is, and the answer says so.

    A page that saves or redraws itself would swallow the sign-in page as its own part: it gets a sentence, or leaves.
    """
    if request.method in READING:
        sign_in = redirect_to_login(request.get_full_path())
        return HttpResponseClientRedirect(sign_in["Location"]) if request.htmx else sign_in
    if request.htmx:
        return render(request, "account/_signed_out.html")
    if page := keep(request):
        return sign_in_with_it_kept(page)
    return redirect_to_login(_page_before(request), login_url=f"{resolve_url('account_login')}?unsaved=1")


def sign_in_with_it_kept(page: str) -> HttpResponseBase:
    return redirect_to_login(page, login_url=f"{resolve_url('account_login')}?kept=1")


def comes_from_here(request: Any) -> bool:
    """Whether the browser says that the form stood on a page of this very site; one that says nothing does not."""
    return bool(request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}")


def _page_before(request: Any) -> str:
    """Where the form stood: the address it was sent to may answer no GET."""
    before = urlsplit(str(request.headers.get("Referer", "")))
    if before.netloc != request.get_host():
        return resolve_url("landing")
    return urlunsplit(("", "", before.path, before.query, ""))
