"""S4: guessing is limited by account and by source, and locks nobody out who has signed in from that browser before."""

import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils.module_loading import import_string

from postpartum_portal.accounts.models import User
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.accounts.guessing import CONFIRM, FOREIGN, HERS, ask, attack, browser, leave, sign_in
from tests.accounts.test_sign_in import last_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]
TOO_OFTEN = "同じアドレスに続けて送りすぎないためです。"
ELSEWHERE = "前にログインした端末とブラウザからは、いまも受け取れます。"


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
