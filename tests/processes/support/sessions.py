"""People at a browser without a screen: forms sent over real HTTP to the running web server."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

TOKEN = "c" * 32
"""Any does, as long as cookie and form carry the same."""

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """`location`: where the browser is sent on to, "" if it stays; `cookies`: what it is told to keep.

    `retry_after`: in how many seconds to come again.
    """

    status: int
    location: str
    text: str
    cookies: str = ""
    retry_after: str = ""


class Session:
    """Somebody at the web server behind `origin`, signed in unless None; each request goes over its own connection."""

    def __init__(self, origin: str, user: Any) -> None:
        self.seconds: float = SECONDS
        self._server = urlsplit(origin).netloc
        self._cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}"
        if user is not None:
            browser = Client()
            browser.force_login(user)
            signed_in = browser.cookies[settings.SESSION_COOKIE_NAME].value
            self._cookies += f"; {settings.SESSION_COOKIE_NAME}={signed_in}"

    def get(self, path: str) -> Answer:
        return self._send("GET", path, "")

    def post(self, path: str, form: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        sent = urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True)
        return self._send("POST", path, sent, headers=headers)

    def post_files(self, path: str, form: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        sent = encode_multipart(BOUNDARY, {**form, "csrfmiddlewaretoken": TOKEN})
        return self._send("POST", path, sent, headers={"Content-Type": MULTIPART_CONTENT, **(headers or {})})

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to, with the sentence that it says there once."""
        return self._send("GET", answer.location, "", answer.cookies)

    def _send(
        self, method: str, path: str, body: str | bytes, kept: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        cookies = f"{self._cookies}; {kept}" if kept else self._cookies
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        connection = HTTPConnection(self._server, timeout=self.seconds)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", ())]
            text, kept = answer.read().decode(), "; ".join(told)
            again = answer.getheader("Retry-After", "")
            return Answer(answer.status, answer.getheader("Location", ""), text, kept, again)
        finally:
            connection.close()
