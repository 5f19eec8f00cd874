"""S4 at the second factor: whoever reads her mails guesses no digits, and does not keep her out by trying."""

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client

from postpartum_portal.accounts.models import User
from tests.accounts.guessing import CONFIRM, HERS, ask, browser, leave
from tests.accounts.test_sign_in import last_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]
FACTOR = "/accounts/second-factor/authenticate/"
STOPPED = "まちがいが続いたので、止めています。"


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
