"""What no view can forget: its access rule, the second factor of staff, and what was typed before signing in."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from .access import ATTRIBUTE
from .unsent import fill_in

GUARDED_ELSEWHERE = ("allauth.", "django.contrib.staticfiles.", "django.views.static", "django.views.generic.base")
# What staff reach before their second factor is set up: the sign-in, the way to it, and nothing of anybody's.
FREE_OF_SECOND_FACTOR = frozenset({"landing", "invitations", "addresses", "health", "ready"})
FREE_MODULES = ("allauth.", "postpartum_portal.pages.demo.")
PAGES_METHODS = ("GET", "HEAD", "POST")
STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


class AccessMiddleware:
    """Closed by default.

    Raises:
        ImproperlyConfigured: a view of ours is in the URLs without an access rule.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)  # a shared tablet must not show the last mother's page
            fill_in(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not hasattr(view, ATTRIBUTE) and not view.__module__.startswith(GUARDED_ELSEWHERE):
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} has no access rule")
        if not hasattr(view, ATTRIBUTE) and request.method not in PAGES_METHODS:
            return HttpResponseNotAllowed(PAGES_METHODS)  # classes answer some before they look who asks
        if _lacks_second_factor(request, view):
            return redirect("mfa_index")
        return None


def _lacks_second_factor(request: HttpRequest, view: Any) -> bool:
    """Whoever has one gave it in this very session: `sessions.others_end` ends those from before it was set up."""
    user: Any = request.user
    return (
        user.is_authenticated and user.second_factor_required and not _is_free(request, view) and not has_strong(user)
    )


def _is_free(request: HttpRequest, view: Any) -> bool:
    match = request.resolver_match
    return view.__module__.startswith(FREE_MODULES) or bool(match and match.view_name in FREE_OF_SECOND_FACTOR)


def has_strong(user: Any) -> bool:
    return bool(is_mfa_enabled(user, list(STRONG)))
