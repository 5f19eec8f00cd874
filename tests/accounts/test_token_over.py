"""A form whose token is over, because she signed in again in another tab: what she typed stands on its page again."""

from typing import Any

import pytest
from django.test import Client

from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.unsent import KEPT, whose_page
from tests import factories
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
STEP, OURS = "/kodaira/apply/person/", "http://testserver"
WORDS = "髙橋 <b>&"


@pytest.fixture
def mother(kodaira: Municipality) -> User:
    made: User = factories.UserFactory()
    return made


def sends(browser: Client, owner: User, origin: str | None = OURS) -> Any:
    """By the token of a page from before."""
    browser.handler.enforce_csrf_checks = True
    headers = {"Origin": origin} if origin else {}
    return browser.post(STEP, {"name": WORDS, "whose": whose_page(owner.pk, STEP)}, headers=headers)


def test_after_another_sign_in__her_words_stand_there_again(mother: User) -> None:
    browser = signed_in(mother)
    ends = browser.session.get_expiry_date()

    assert sends(browser, mother).headers["Location"] == STEP
    page = browser.get(STEP, follow=True).content.decode()

    assert "髙橋 &lt;b&gt;&amp;" in page
    assert "もどしました" in page
    assert browser.session.get_expiry_date() >= ends, "her session is as long as it was"


def test_without_cookies__they_wait_for_her_sign_in(mother: User) -> None:
    assert sends(Client(), mother).headers["Location"] == f"/accounts/login/?kept=1&next={STEP}"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", None])
def test_from_another_site__nothing_is_kept(mother: User, origin: str | None) -> None:
    browser = signed_in(mother)

    answer = sends(browser, mother, origin)

    assert (answer.status_code, KEPT in browser.session) == (403, False)
    assert "もういちど送ってください" in answer.content.decode()


def test_what_another_account_signed__is_kept_for_nobody(mother: User) -> None:
    browser = signed_in(mother)

    assert sends(browser, factories.UserFactory()).status_code == 403
    assert KEPT not in browser.session


def test_control__by_djangos_own_answer_her_words_are_gone(mother: User, settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
    browser = signed_in(mother)

    assert sends(browser, mother).status_code == 403
    page = browser.get(STEP)
    assert (page.status_code, "髙橋" in page.content.decode()) == (200, False)
