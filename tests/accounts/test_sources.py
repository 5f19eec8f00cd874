"""S4 by the source: one that tries many addresses is stopped, and is whom the trusted proxy names."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from postpartum_portal.accounts.adapter import PortalAccountAdapter
from postpartum_portal.accounts.models import User
from tests.accounts.guessing import HERS, LOGIN, ask, browser, leave, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]


def test_one_source__with_many_addresses_gets_a_page_that_keeps_what_was_typed() -> None:
    stranger = browser(1)
    answers = [ask(stranger, f"a{number}@example.jp") for number in range(31)]

    assert [answer.status_code for answer in answers] == [302] * 30 + [429]
    page = answers[-1].content.decode()
    assert "少し待ってください" in page
    assert 'name="login" value="a30@example.jp"' in page
    assert answers[-1].headers["Retry-After"] == "60"


def test_one_source__that_is_used_up_is_none_of_a_known_browsers(owner: User) -> None:
    home = Client(REMOTE_ADDR="198.51.0.2")
    assert sign_in(home)
    leave(home)
    for number in range(31):
        ask(browser(1), f"a{number}@example.jp")

    assert ask(browser(1), HERS).status_code == 429
    assert sign_in(home)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "source"),
    [
        (0, "203.0.113.9", "198.51.0.2"),  # no proxy: whatever a browser says of itself is not asked
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "made up, 192.0.2.1, 203.0.113.9", "203.0.113.9"),  # the proxy's own is the last
        (2, "192.0.2.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "10.0.0.1", "198.51.0.2"),  # a proxy too few: the sign-in goes on
        (1, "made up", "unknown"),
        (1, "", "198.51.0.2"),
    ],
)
def test_the_source__is_what_the_last_proxy_says(
    proxies: int, forwarded: str, source: str, settings: Any, rf: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    asked = rf.post(LOGIN, headers=headers, REMOTE_ADDR="198.51.0.2")

    assert PortalAccountAdapter(asked).get_client_ip(asked) == source


def test_control__a_source_that_names_itself_has_as_many_tries_as_names(owner: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sent = [ask(Client(headers={"X-Forwarded-For": f"203.0.113.{number}"})).status_code for number in range(1, 10)]
    assert sent == [302] * 9, "as a proxy would have it that hands on what browsers say"
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    sent = [ask(Client(headers={"X-Forwarded-For": f"203.0.113.{number}"})).status_code for number in range(1, 10)]

    assert sent == [302] * 3 + [200] * 6
