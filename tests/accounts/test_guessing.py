"""S4: guessing is limited by account and by source, and locks nobody out who has signed in from that browser before."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.utils.module_loading import import_string

from postpartum_portal.accounts.adapter import PortalAccountAdapter
from postpartum_portal.accounts.models import User
from postpartum_portal.settings import base
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.accounts.test_sign_in import last_code

pytestmark = pytest.mark.django_db
HERS = "hanako@example.jp"
LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
FACTOR = "/accounts/second-factor/authenticate/"
FOREIGN = 50
TOO_OFTEN = "同じアドレスに続けて送りすぎないためです。"
ELSEWHERE = "前にログインした端末とブラウザからは、いまも受け取れます。"
STOPPED = "まちがいが続いたので、止めています。"


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Iterator[None]:
    """The limits of production; nothing is counted before a test or after it."""
    settings.SIGN_IN_LIMITS = base.SIGN_IN_LIMITS
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner() -> User:
    user: User = factories.UserFactory(email=HERS)
    return user


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


def test_fifty_strangers__lock_nobody_out_of_the_browser_she_knows(owner: User) -> None:
    home = Client()
    assert sign_in(home)
    leave(home)

    asked = attack()

    assert asked.count(302) == 11, "strangers together are stopped, her own first code counting among them"
    assert sign_in(home)


def test_fifty_strangers__let_an_unknown_browser_of_hers_read_when_to_try_again(owner: User, clock_at: Any) -> None:
    attack()
    other = browser(999)

    page = ask(other)

    assert page.status_code == 200
    assert TOO_OFTEN in page.content.decode()
    assert "3月5日(木) 11:00から、もういちどコードを送れます。" in page.content.decode()
    assert ELSEWHERE in page.content.decode()
    assert f'value="{HERS}"' in page.content.decode()
    clock_at.move_to("2026-03-05T11:00:00+09:00")
    assert sign_in(other)


def test_one_stranger__uses_up_nothing_of_what_others_have(owner: User) -> None:
    asked = attack(sources=1, each=FOREIGN)

    assert asked.count(302) == 3
    assert sign_in(browser(999))


def test_control__with_allauths_own_limits_the_owner_is_locked_out(owner: User, settings: Any) -> None:
    settings.SIGN_IN_LIMITS = {}
    settings.ACCOUNT_RATE_LIMITS = {}  # allauth's defaults
    home = Client()
    assert sign_in(home)
    leave(home)

    attack()

    assert not sign_in(home)


def test_control__a_cookie_that_somebody_made_up_is_no_known_browser(owner: User) -> None:
    home = Client()
    assert sign_in(home)
    name = django_settings.KNOWN_BROWSER_COOKIE_NAME
    made_up = re.sub(r"[0-9a-f]{4}:", "ffff:", home.cookies[name].value, count=1)
    other = browser(998)
    other.cookies[name] = made_up
    attack()

    assert TOO_OFTEN in ask(other).content.decode()


def test_a_known_browser__is_limited_too_and_known_for_its_own_addresses_only(owner: User) -> None:
    home = Client()
    assert sign_in(home)
    leave(home)
    factories.UserFactory(email="other@example.jp")
    for number in range(FOREIGN):
        ask(browser(number), "other@example.jp")

    del home.cookies[django_settings.SESSION_COOKIE_NAME]  # no session that waits for a code already
    for _ in range(6):
        last = ask(home)
        home.cookies.pop(django_settings.SESSION_COOKIE_NAME, None)

    assert Mail.objects.filter(to=HERS).count() == 6
    assert TOO_OFTEN in last.content.decode()
    assert ELSEWHERE not in last.content.decode()
    assert TOO_OFTEN in ask(home, "other@example.jp").content.decode()


def test_the_cookie__holds_no_address_and_is_for_the_server_alone(owner: User) -> None:
    home = Client()
    sign_in(home)
    cookie = home.cookies[django_settings.KNOWN_BROWSER_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
    assert "hanako" not in cookie.value


def test_a_mailed_code__is_compared_three_times_also_where_tries_run_side_by_side(owner: User) -> None:
    client = Client()
    ask(client)
    session = dict(client.session.items())
    for _ in range(3):
        client.post(CONFIRM, {"code": "000000"})
        store = client.session  # as a request reads it that began before the others were written
        store.update(session)
        store.save()

    client.post(CONFIRM, {"code": last_code(HERS)})

    assert "_auth_user_id" not in client.session


def test_control__counted_in_the_session_alone_tries_side_by_side_go_on(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_string("postpartum_portal.accounts.limits"), "once_more", lambda *_: True)
    with pytest.raises(AssertionError):
        test_a_mailed_code__is_compared_three_times_also_where_tries_run_side_by_side(owner)


# the second factor


@pytest.fixture
def secret(owner: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(owner, secret)
    RecoveryCodes.activate(owner)
    return secret


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(counters())[1]))


def with_mailbox(client: Client) -> Client:
    """Somebody who reads her mails, before the second factor."""
    ask(client)
    client.post(CONFIRM, {"code": last_code(HERS)})
    return client


def test_second_factor__guessed_by_whoever_reads_her_mails_is_stopped_and_she_gets_in(
    owner: User, secret: str, clock_at: Any
) -> None:
    home = with_mailbox(Client())
    home.post(FACTOR, {"code": digits(secret)})
    leave(home)
    clock_at.move_to("2026-03-05T10:01:00+09:00")

    for number in range(4):
        thief = with_mailbox(browser(number))
        pages = [thief.post(FACTOR, {"code": "00000000"}).content.decode() for _ in range(3)]

    assert STOPPED in pages[-1]
    with_mailbox(home).post(FACTOR, {"code": digits(secret)})
    assert "_auth_user_id" in home.session


def test_control__with_allauths_own_limits_whoever_reads_her_mails_keeps_her_out(
    owner: User, secret: str, clock_at: Any, settings: Any
) -> None:
    settings.SIGN_IN_LIMITS = {}
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "", "login": ""}
    with pytest.raises(AssertionError):
        test_second_factor__guessed_by_whoever_reads_her_mails_is_stopped_and_she_gets_in(owner, secret, clock_at)


def test_second_factor__given_right_is_not_counted(owner: User, secret: str, clock_at: Any) -> None:
    for minute in range(1, 8):
        clock_at.move_to(f"2026-03-05T{10 + minute}:00:30+09:00")
        client = with_mailbox(browser(minute))
        client.post(FACTOR, {"code": digits(secret)})
        assert "_auth_user_id" in client.session


# one source, many addresses


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
