"""What every answer tells the browser, whatever view gave it; and the cookie of messages under a name that holds."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

CLOSED = (
    "accelerometer",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
)
"""No page of ours asks for these; the camera reads QR codes at a facility's desk, on the pages of CAMERA_PAGES."""


class HeadersMiddleware:
    """Browsers and proxies keep nothing unless a view says so: what nobody signed in gets may be personal too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        camera = "(self)" if match and match.view_name in settings.CAMERA_PAGES else "()"
        response["Permissions-Policy"] = ", ".join([f"camera={camera}", *(f"{name}=()" for name in CLOSED)])
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class _MessageCookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]  # Django's is a constant; a name of settings is read late
        return str(settings.MESSAGE_COOKIE_NAME)


class MessageStorage(FallbackStorage):
    """Django's own choice: a cookie, and the session for what is too long for it."""

    storage_classes = (_MessageCookie, SessionStorage)
