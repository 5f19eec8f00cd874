"""People at a browser without a screen: forms sent over real HTTP to the running web server."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

TOKEN = "c" * 32
"""Any does, as long as cookie and form carry the same."""

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """`location`: where the browser is sent on to, "" if it stays; `cookies`: what it is told to keep."""

    status: int
    location: str
    text: str
    cookies: str = ""


class Session:
    """Somebody signed in at the web server behind `origin`; each request goes over a connection of its own."""

    def __init__(self, origin: str, user: Any) -> None:
        self._server = urlsplit(origin).netloc
        browser = Client()
        browser.force_login(user)
        signed_in = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self._cookies = f"{settings.SESSION_COOKIE_NAME}={signed_in}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def get(self, path: str) -> Answer:
        return self._send("GET", path, "")

    def post(self, path: str, form: Mapping[str, Any]) -> Answer:
        return self._send("POST", path, urlencode({**form, "csrfmiddlewaretoken": TOKEN}, doseq=True))

    def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to, with the sentence that it says there once."""
        return self._send("GET", answer.location, "", answer.cookies)

    def _send(self, method: str, path: str, body: str, kept: str = "") -> Answer:
        cookies = f"{self._cookies}; {kept}" if kept else self._cookies
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = HTTPConnection(self._server, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie", ())]
            return Answer(answer.status, answer.getheader("Location", ""), answer.read().decode(), "; ".join(told))
        finally:
            connection.close()
