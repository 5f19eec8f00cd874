"""S1: staff reach nothing of the portal without a second factor, by whatever address and whatever way in."""

from functools import partial
from itertools import cycle
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.db import transaction
from django.test import Client

from eligibility.public import Municipality
from facilities.models import StaffMembership
from postpartum_portal.accounts import middleware, sessions
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.services import inviting, joining
from postpartum_portal.shared import clock
from tests import factories
from tests.accounts.test_sign_in import last_code
from tests.accounts.walking import addresses
from tests.clients import signed_in

pytestmark = pytest.mark.django_db
SET_UP = "/accounts/second-factor/"
HTMX = {"HX-Request": "true"}
FREE = {
    "/accounts/addresses/",  # the address of a postcode
    "/accounts/home/",  # leads on
    "/accounts/invitations/",  # asks whether she will work here
    "/health/",
    "/health/ready/",
}
"""Besides allauth's own pages, which are the sign-in and the way to the second factor."""


@pytest.fixture
def staff(kodaira: Municipality, nurse: User, receptionist: User) -> User:
    """At a centre and at a facility at once, so that every page would be hers; no second factor yet."""
    work = StaffMembership.objects.get(user=receptionist)
    StaffMembership.objects.filter(pk=work.pk).update(user=nurse, manages=True)
    Membership.objects.filter(user=nurse).update(role="decider")
    nurse.second_factor_required = True
    nurse.set_unusable_password()  # as everybody's here
    nurse.save()
    return nurse


def let_in(client: Client) -> list[str]:
    """The addresses that answer her otherwise than by leading to where a second factor is set up."""
    found = []
    ways: Any = cycle([client.get, client.post, partial(client.get, headers=HTMX)])  # asked before any view looks at it
    for (path, view), ask in zip(addresses(), ways, strict=False):
        if not view.__module__.startswith("allauth."):
            answer = ask(path)
            if (answer.status_code, answer.headers.get("Location")) != (302, SET_UP):
                found.append(path)
    return found


def test_staff_without_a_second_factor__are_led_to_it_from_every_address(staff: User) -> None:
    assert set(let_in(signed_in(staff))) == FREE


@pytest.mark.parametrize("of", ["visitor", "auditor"])
def test_visitors_and_auditors__too(staff: User, of: str) -> None:
    if of == "auditor":
        Membership.objects.filter(user=staff).update(role="auditor")
    else:
        Membership.objects.filter(user=staff).delete()
    client = signed_in(staff)

    for path in ("/kodaira/centre/", "/facility/", "/kodaira/", "/kodaira/my/", "/accounts/mails/"):
        assert client.get(path).headers["Location"] == SET_UP


def test_control__without_the_middlewares_check_pages_answer(staff: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "_lacks_second_factor", lambda *_: False)

    assert signed_in(staff).get("/kodaira/centre/").status_code == 200


def test_recovery_codes_alone__are_no_second_factor(staff: User) -> None:
    RecoveryCodes.activate(staff)

    assert signed_in(staff).get("/kodaira/centre/").headers["Location"] == SET_UP


def test_a_mother_who_becomes_staff__is_asked_at_her_next_request(
    kodaira: Municipality, mother: User, decider: User
) -> None:
    client = signed_in(mother)
    assert client.get("/kodaira/my/").status_code == 200
    row = inviting.invite(
        kodaira, mother.email, display_name="佐藤", role=Membership.Role.CENTRE, by=decider, at=clock.now()
    )
    joining.accept(row, by=mother, at=clock.now())

    assert client.get("/kodaira/my/").headers["Location"] == SET_UP
    assert client.get("/kodaira/centre/").headers["Location"] == SET_UP


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, list(counters())[1]))


def test_a_session_from_before__ends_when_a_second_factor_is_set_up_elsewhere(
    staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief, hers = signed_in(staff), signed_in(staff)  # he reads her mails, and came in first
    page = hers.get(f"{SET_UP}totp/activate/")

    monkeypatch.setattr(transaction, "on_commit", lambda deed, **_: deed())  # a test's transaction never commits
    hers.post(f"{SET_UP}totp/activate/", {"code": digits(page.context["form"].secret)})

    assert Authenticator.objects.filter(user=staff, type="totp").exists()
    assert hers.get("/kodaira/centre/").status_code == 200
    assert thief.get("/kodaira/centre/").headers["Location"].startswith("/accounts/login/")


def test_control__if_that_left_sessions_alone_the_one_factor_would_do(
    staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "end_sessions", lambda _user: None)
    with pytest.raises(KeyError):  # a page answers: no redirect
        test_a_session_from_before__ends_when_a_second_factor_is_set_up_elsewhere(staff, monkeypatch)


def test_the_mailed_code__opens_nothing_by_itself_for_whoever_has_a_second_factor(staff: User) -> None:
    TOTP.activate(staff, generate_totp_secret())
    client = Client()
    client.post("/accounts/login/", {"login": staff.email})
    client.post("/accounts/login/code/confirm/", {"code": last_code(staff.email)})

    assert "_auth_user_id" not in client.session
    for path in ("/kodaira/centre/", "/facility/", "/accounts/mails/", "/accounts/invitations/", SET_UP):
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_a_passkey__asks_for_its_owner_also_where_it_is_only_the_second_factor(rf: Any, staff: User) -> None:
    """Else a challenge made for one's own sign-in would open another's account with a key that was found."""
    request = rf.get("/")
    request.session = {}
    with context.request_context(request):
        asked = begin_authentication(staff)

    assert asked["publicKey"]["userVerification"] == "required"


def test_staff_that_joined__need_one_from_the_first_request(kodaira: Municipality) -> None:
    member = factories.UserFactory()
    decider = factories.MembershipFactory(municipality=kodaira, role="decider").user
    row = inviting.invite(
        kodaira, member.email, display_name="佐藤", role=Membership.Role.AUDITOR, by=decider, at=clock.now()
    )
    joining.accept(row, by=member, at=clock.now())

    assert User.objects.get(pk=member.pk).second_factor_required
