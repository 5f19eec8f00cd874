"""Owners, strangers and their tries, for the tests of who may guess how often."""

from typing import Any

from django.test import Client

from tests.accounts.test_sign_in import last_code

HERS = "hanako@example.jp"
LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
FOREIGN = 50


def browser(number: int) -> Client:
    """A stranger's, with an address of its own in the network."""
    return Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")


def ask(client: Client, email: str = HERS) -> Any:
    return client.post(LOGIN, {"login": email})


def sign_in(client: Client, email: str = HERS) -> bool:
    """Ask for a code and type it; True if that let her in."""
    if ask(client, email).status_code != 302:
        return False
    client.post(CONFIRM, {"code": last_code(email)})
    return "_auth_user_id" in client.session


def attack(sources: int = FOREIGN, each: int = 1) -> list[int]:
    """Ask for a code of hers, and guess it, from so many sources; the answers' status codes."""
    answers = []
    for number in range(sources):
        for _ in range(each):
            stranger = browser(number)  # with no session that waits for a code already
            answers.append(ask(stranger).status_code)
            stranger.post(CONFIRM, {"code": "000000"})
    return answers


def leave(client: Client) -> Client:
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session
    return client
