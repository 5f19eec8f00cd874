"""A4: a role taken away, an account disabled, a sign-in changed: every open session ends at its next request."""

from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.test import Client

from eligibility.public import Municipality
from facilities.models import Facility, StaffMembership
from facilities.services import staff_resetting
from facilities.services.staffing import end_work
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.services import members, resetting
from postpartum_portal.shared import clock
from tests import factories
from tests.accounts.walking import addresses
from tests.clients import enrolled, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
HTMX = {"HX-Request": "true"}
PAGES = {
    "mother": ["/kodaira/my/", "/kodaira/my/calendar.ics", "/accounts/mails/", "/kodaira/apply/person/"],
    "centre": ["/kodaira/centre/", "/kodaira/centre/office/staff/", "/kodaira/centre/numbers/report/"],
    "facility": ["/facility/", "/facility/requests/", "/facility/days/2026-03-05/print/"],
}


def is_out(client: Client, path: str) -> bool:
    """What a page, a form, a part and a saving part of it answer to somebody who is not signed in."""
    read, part = client.get(path), client.get(path, headers=HTMX)
    sent, saved = client.post(path), client.post(path, headers=HTMX)
    return (
        read.headers.get("Location", "").startswith("/accounts/login/")
        and part.headers.get("HX-Redirect", "").startswith("/accounts/login/")
        and sent.headers.get("Location", "").startswith("/accounts/login/")
        and "ログインが切れたので、保存していません" in saved.content.decode()
    )


@pytest.fixture
def colleague(kodaira: Municipality) -> User:
    return enrolled(factories.MembershipFactory(municipality=kodaira, role="centre").user)


@pytest.fixture
def at_the_desk(clinic: Facility, receptionist: User) -> User:
    StaffMembership.objects.filter(user=receptionist).update(manages=True)
    return enrolled(factories.StaffMembershipFactory(facility=clinic).user)


def disable(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def test_a_disabled_account__is_out_of_every_address_that_asks_for_a_sign_in(
    kodaira: Municipality, colleague: User
) -> None:
    client = signed_in(colleague)
    assert client.get("/kodaira/centre/").status_code == 200
    closed = [(path, view) for path, view in addresses() if getattr(view, "access_rule", "public") != "public"]

    disable(colleague)

    inside = [
        path for path, _ in closed if not client.get(path).headers.get("Location", "").startswith("/accounts/login/")
    ]
    assert inside == []
    assert len(closed) > 200


@pytest.mark.parametrize("who", ["mother", "centre", "facility"])
def test_a_disabled_account__is_out_of_pages_forms_and_parts(
    who: str, mother: User, colleague: User, at_the_desk: User
) -> None:
    user = {"mother": mother, "centre": colleague, "facility": at_the_desk}[who]
    client = signed_in(user)
    assert not any(is_out(client, path) for path in PAGES[who])

    disable(user)

    assert all(is_out(client, path) for path in PAGES[who])


def test_control__a_backend_that_does_not_ask_lets_a_disabled_account_in(
    monkeypatch: pytest.MonkeyPatch, mother: User, colleague: User, at_the_desk: User
) -> None:
    monkeypatch.setattr(ModelBackend, "user_can_authenticate", lambda *_: True)
    with pytest.raises(AssertionError):
        test_a_disabled_account__is_out_of_pages_forms_and_parts("centre", mother, colleague, at_the_desk)


def centre_work_ends(colleague: User, decider: User) -> None:
    members.end_membership(Membership.objects.get(user=colleague), to=None, by=decider, at=clock.now())


def facility_work_ends(at_the_desk: User, receptionist: User) -> None:
    end_work(StaffMembership.objects.get(user=at_the_desk), by=receptionist, at=clock.now())


def second_factor_reset(colleague: User, nurse: User, decider: User) -> None:
    asked = resetting.ask_reset(Membership.objects.get(user=colleague), reason="機種変更", by=nurse, at=clock.now())
    resetting.confirm_reset(asked, by=decider, at=clock.now())


def factor_at_the_desk_reset(at_the_desk: User, receptionist: User, decider: User, kodaira: Municipality) -> None:
    membership = StaffMembership.objects.get(user=at_the_desk)
    asked = staff_resetting.ask_reset(membership, reason="機種変更", by=receptionist, at=clock.now())
    staff_resetting.confirm_reset(asked, by=decider, at=clock.now(), municipality=kodaira)


AT_THE_DESK = (facility_work_ends, factor_at_the_desk_reset)


@pytest.mark.parametrize("deed", [centre_work_ends, second_factor_reset, *AT_THE_DESK])
def test_what_ends_somebodys_work_or_changes_her_sign_in__ends_all_her_sessions(
    deed: Any, request: pytest.FixtureRequest, colleague: User, at_the_desk: User
) -> None:
    user, who = (at_the_desk, "facility") if deed in AT_THE_DESK else (colleague, "centre")
    clients = [signed_in(user), signed_in(user)]
    assert not any(is_out(client, path) for client in clients for path in PAGES[who])

    names = [name for name in deed.__annotations__ if name != "return"]
    deed(**{name: request.getfixturevalue(name) for name in names})

    assert all(is_out(client, path) for client in clients for path in PAGES[who])


def test_control__a_deed_that_leaves_sessions_alone_leaves_her_in(
    monkeypatch: pytest.MonkeyPatch, colleague: User, nurse: User, decider: User
) -> None:
    client = signed_in(colleague)
    monkeypatch.setattr(resetting, "end_sessions", lambda _user: None)

    second_factor_reset(colleague, nurse, decider)

    assert not is_out(client, "/accounts/mails/")


def test_a_role_made_smaller__holds_from_the_next_request(colleague: User, decider: User) -> None:
    membership = Membership.objects.get(user=colleague)
    members.change_role(membership, Membership.Role.DECIDER, by=decider, at=clock.now())
    client = signed_in(colleague)
    assert client.get("/kodaira/centre/decide/").status_code == 200

    members.change_role(membership, Membership.Role.AUDITOR, by=decider, at=clock.now())

    assert client.get("/kodaira/centre/decide/").status_code == 404
    assert client.post("/kodaira/centre/assign/").status_code == 404
    assert client.get("/kodaira/centre/").status_code == 200, "an auditor reads on"
