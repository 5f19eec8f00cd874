"""X2: what is answered when database or disk are away: whether to send again, and what was typed."""

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.test import Client

from postpartum_portal import urls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kodaira")]
AGAIN = "もういちど送ってください"


@pytest.fixture
def browser() -> Client:
    """That of somebody with a session, who is answered as by a server."""
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "s" * 32
    return client


@pytest.fixture
def sessions_fail(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def fail_with(error: Exception) -> None:
        def load(_: Any) -> Any:
            raise error

        monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", load)

    return fail_with


@pytest.mark.parametrize(
    "away", [OperationalError("no answer"), InterfaceError("closed"), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))]
)
def test_what_was_typed__comes_back_with_a_button_to_send_it_again(
    away: Exception, browser: Client, sessions_fail: Any
) -> None:
    sessions_fail(away)
    answer = browser.post("/kodaira/check/?from=home", {"name": '髙橋 "<b>', "csrfmiddlewaretoken": "sent"})

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "no-store" in answer["Cache-Control"]
    assert AGAIN in page
    assert 'action="/kodaira/check/?from=home"' in page
    assert 'name="name" value="髙橋 &quot;&lt;b&gt;"' in page
    assert page.count("csrfmiddlewaretoken") == page.count('value="sent"') == 1, "the token that was sent, and no other"


def test_a_page_that_was_only_opened__has_nothing_to_send(browser: Client, sessions_fail: Any) -> None:
    sessions_fail(OperationalError())
    answer = browser.get("/kodaira/?a=1")

    assert answer.status_code == 503
    assert AGAIN not in answer.content.decode()
    assert 'href="/kodaira/?a=1"' in answer.content.decode()


def test_a_piece_of_a_page__is_answered_in_one_line(browser: Client, sessions_fail: Any) -> None:
    sessions_fail(OperationalError())
    answer = browser.get("/kodaira/", headers={"Sec-Fetch-Dest": "empty"})
    assert (answer.status_code, answer.content.decode()) == (503, "いまつながりません。")


def test_whatever_else_fails__is_a_fault_of_ours(browser: Client, sessions_fail: Any) -> None:
    sessions_fail(OSError(errno.EACCES, "no"))
    assert browser.post("/kodaira/check/").status_code == 500


def test_control__by_djangos_own_handler_the_citizen_reads_nothing_of_sending_again(
    browser: Client, sessions_fail: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(urls, "handler500")
    sessions_fail(OperationalError())
    answer = browser.post("/kodaira/check/", {"name": "髙橋"})
    assert answer.status_code == 500
    assert AGAIN not in answer.content.decode()


def test_the_page_for_the_proxy__stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of the portal answers while a proxy shows it."""
    call_command("unavailable_page")
    page = capsys.readouterr().out
    assert "いまつながりません" in page
    assert "<style>" in page
    assert not [part for part in ('src="', "url(", "<link", "<form") if part in page]
