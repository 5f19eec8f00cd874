"""S2: nobody learns from an answer whether an address has an account, by whatever door it is asked."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from eligibility.public import Municipality
from postpartum_portal.accounts import evened
from postpartum_portal.accounts.models import User
from postpartum_portal.settings import base
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.clients import enrolled, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
CONFIRM = "/accounts/login/code/confirm/"
Steps = list[tuple[str, str, dict[str, str]]]
NEW_EACH_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|value="[\w-]{64}"|nonce-[^\' ]+')


@dataclass(frozen=True)
class Answer:
    """All that whoever asks can see."""

    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    cookies: frozenset[str]


def seen(answer: Any, email: str) -> Answer:
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return Answer(
        answer.status_code,
        NEW_EACH_TIME.sub("", answer.content.decode()).replace(email, "…"),
        tuple(sorted((name, value.replace(email, "…")) for name, value in headers.items())),
        frozenset(answer.cookies),
    )


def walk(email: str, steps: Steps) -> list[Answer]:
    """The answers to these steps of one browser, with this address where HERS stands."""
    client, found = Client(), []
    for method, path, sent in steps:
        data = {name: value.replace("HERS", email) for name, value in sent.items()}
        found.append(seen(getattr(client, method)(path, data), email))
    return found


SIGN_IN = [
    ("post", "/accounts/login/", {"login": "HERS"}),
    ("get", CONFIRM, {}),
    ("post", CONFIRM, {"code": "000000"}),
    ("post", CONFIRM, {"action": "resend"}),
    ("get", CONFIRM, {}),
    ("post", CONFIRM, {"code": "000000"}),
    ("post", CONFIRM, {"code": "000000"}),
    ("get", CONFIRM, {}),
    ("get", "/accounts/login/", {}),
]
ASKED_FOR = [("post", "/accounts/login/code/", {"email": "HERS"}), *SIGN_IN[1:]]
VERIFY = "/accounts/confirm-email/"
SIGN_UP = [
    ("post", "/accounts/signup/", {"email": "HERS"}),
    ("get", VERIFY, {}),
    ("post", VERIFY, {"code": "000000"}),
    ("post", VERIFY, {"action": "resend"}),
    ("get", VERIFY, {}),
    ("post", VERIFY, {"code": "000000"}),
    ("post", VERIFY, {"code": "000000"}),
    ("get", VERIFY, {}),
    ("get", "/accounts/login/", {}),
]


def account(kind: str) -> str:
    """An address of this kind."""
    email = f"{kind}@example.jp"
    if kind != "unknown":
        user: User = factories.UserFactory(email=email)
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"verified": kind != "unproved", "primary": True}
        )
        get_user_model().objects.filter(pk=user.pk).update(is_active=kind != "disabled")
    return email


DOORS = pytest.mark.parametrize("steps", [SIGN_IN, ASKED_FOR, SIGN_UP], ids=["sign in", "code", "sign up"])


@DOORS
@pytest.mark.parametrize("kind", ["known", "disabled", "unproved"])
def test_an_address__is_answered_as_one_without_an_account(kind: str, steps: Steps) -> None:
    walk("first@example.jp", steps)  # what is read once and kept
    with_one, without = walk(account(kind), steps), walk(account("unknown"), steps)

    assert with_one == without
    assert {answer.status for answer in with_one} == {200, 302}


@DOORS
def test_both__get_a_mail_that_only_its_reader_sees(steps: Steps) -> None:
    for email in (account("known"), account("unknown")):
        walk(email, steps[:1])
        assert Mail.objects.filter(to=email).count() == 1


@DOORS
def test_limits__stop_both_at_the_same_try(steps: Steps, settings: Any) -> None:
    settings.SIGN_IN_LIMITS = base.SIGN_IN_LIMITS
    cache.clear()
    tried = [[walk(email, steps[:1])[0].status for _ in range(5)] for email in (account("known"), account("unknown"))]
    cache.clear()

    assert tried == [[302, 302, 302, 200, 200]] * 2


def test_control__if_the_sign_in_said_what_it_knows_answers_would_differ(settings: Any) -> None:
    settings.ACCOUNT_PREVENT_ENUMERATION = False
    with pytest.raises(AssertionError):
        test_an_address__is_answered_as_one_without_an_account("known", SIGN_IN)


# how long it takes


@DOORS
def test_every_answer_to_what_is_sent__waits(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(evened, "sleep", waited.append)
    sent = sum(method == "post" for method, _, _ in steps)
    for email in (account("known"), account("unknown")):
        waited.clear()
        walk(email, steps)
        assert len(waited) == sent


def test_waiting__fills_what_work_leaves_and_no_more(monkeypatch: pytest.MonkeyPatch, rf: Any, settings: Any) -> None:
    settings.SIGN_IN_SECONDS = 0.2
    waited: list[float] = []
    monkeypatch.setattr(evened, "sleep", waited.append)
    for work in (0.0, 0.03, 0.19, 5.0):
        times = iter([100.0, 100.0 + work])
        monkeypatch.setattr(evened, "monotonic", lambda times=times: next(times))
        evened.evened(lambda _request: HttpResponse())(rf.post("/"))

    assert waited == pytest.approx([0.2, 0.17, 0.01, 0.0])


def test_control__without_waiting_the_database_is_asked_more_often_for_one_of_them() -> None:
    def asked(email: str) -> int:
        with CaptureQueriesContext(connection) as statements:
            walk(email, SIGN_UP[:1])
        return len(statements)

    walk("first@example.jp", SIGN_UP)
    assert asked(account("unknown")) > asked(account("known")) + 5


# doors of those who are signed in


def test_an_invitation__answers_alike_whoever_is_invited(kodaira: Municipality, decider: User) -> None:
    client = signed_in(enrolled(decider))
    answers = []
    for kind in ("known", "disabled", "unproved", "unknown"):
        email = account(kind)
        sent = {"email": email, "display_name": "佐藤", "role": "centre"}
        answers.append(seen(client.post("/kodaira/centre/office/staff/invite/", sent), email))
        assert Mail.objects.filter(to=email).count() == 1

    assert len(set(answers)) == 1
    assert answers[0].status == 302


def test_a_proxy__learns_nothing_of_the_mothers_account(kodaira: Municipality, mother: User) -> None:
    answers = []
    for kind in ("known", "disabled", "unproved", "unknown"):
        email = account(kind)
        sent = {"relation": "partner", "name": "見本 健", "mother_name": "見本 花", "mother_email": email}
        sent |= {"phone": "090-1234-5678", "agreed": "on", "form_token": kind}
        answer = signed_in(factories.UserFactory(email=f"writer-{kind}@example.jp")).post("/kodaira/proxy/", sent)
        where = re.sub(r"/\d+/", "/…/", answer.headers.get("Location", ""))
        answers.append((answer.status_code, where))
        assert Mail.objects.filter(to=email).count() == 1

    assert len(set(answers)) == 1
    assert answers[0][0] == 302
