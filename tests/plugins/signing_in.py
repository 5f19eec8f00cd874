"""`Client.force_login` in a tenth of its statements: tests begin with it several thousand times a run.

Only a browser that nobody has signed in from is spared them. A test of what a sign-in sets off (invitations accepted)
names `whole_sign_in`.
"""

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

_whole: Any = Client._login  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def _sign_in_by_one_row() -> Iterator[None]:
    def login(self: Any, user: Any, backend: str) -> None:
        if settings.SESSION_COOKIE_NAME in self.cookies:
            _whole(self, user, backend)
            return
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = backend
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self._set_login_cookies(SimpleNamespace(session=session))

    Client._login = login  # type: ignore[attr-defined]
    yield
    Client._login = _whole  # type: ignore[attr-defined]


@pytest.fixture
def whole_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` as Django has it, with all that listens to it."""
    monkeypatch.setattr(Client, "_login", _whole)
