"""A facility's staff: invited, joined, ended, left; the very first one asked by a centre. What each promises, once."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from eligibility.public import Municipality
from facilities.models import Facility, StaffInvitation, StaffMembership
from facilities.services import staff_inviting, staff_joining, staffing
from facilities.services.employing import employ
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.asking import InvitationOver, InvitedAlready
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.clients import enrolled, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "whole_sign_in")]
STAFF, DAY = "/facility/settings/staff/", dt.timedelta(days=1)


@pytest.fixture
def manager(clinic: Facility, receptionist: User) -> User:
    StaffMembership.objects.filter(user=receptionist, facility=clinic).update(manages=True)
    return receptionist


@pytest.fixture
def colleague(clinic: Facility) -> User:
    return factories.StaffMembershipFactory(facility=clinic, user__display_name="同僚").user


def invited(clinic: Facility, by: User, email: str = "shinjin@example.jp") -> StaffInvitation:
    return staff_inviting.invite_colleague(clinic, email, display_name="新人", manages=False, by=by, at=clock.now())


def membership_of(user: User) -> StaffMembership:
    return StaffMembership.objects.get(user=user)


def test_an_invitation__holds_from_the_first_sign_in_of_somebody_new_and_asks_for_a_second_factor(
    clinic: Facility, manager: User
) -> None:
    row = invited(clinic, manager)
    mail = Mail.objects.get(to="shinjin@example.jp")
    assert clinic.name in mail.subject
    assert "/accounts/invitations/" in mail.text

    client = signed_in(row.user)

    assert (membership_of(row.user).facility, membership_of(row.user).manages) == (clinic, False)
    assert client.get("/facility/").headers["Location"] == "/accounts/second-factor/"
    assert Event.objects.get(verb="membership.begun").facility_id == clinic.pk
    with pytest.raises(InvitationOver):
        staff_joining.join(row, by=row.user, at=clock.now())


def test_an_invitation__of_somebody_with_an_account_waits_for_her_yes_and_is_nobody_elses(
    clinic: Facility, manager: User, mother: User
) -> None:
    signed_in(mother)
    mother.refresh_from_db()
    row = invited(clinic, manager, mother.email)
    client = signed_in(mother)
    assert not StaffMembership.objects.filter(user=mother).exists()
    assert clinic.name in client.get("/accounts/invitations/").content.decode()

    stranger = signed_in(factories.UserFactory())
    assert stranger.post("/accounts/invitations/", {"workplace": row.pk}).status_code == 404
    client.post("/accounts/invitations/", {"workplace": row.pk})

    assert membership_of(mother).facility == clinic


def test_an_invitation__ends_after_seven_days_or_when_withdrawn_until_sent_again(
    clinic: Facility, manager: User
) -> None:
    row, at = invited(clinic, manager), clock.now()
    with pytest.raises(InvitedAlready):
        invited(clinic, manager, "SHINJIN@example.jp")
    with pytest.raises(InvitationOver):
        staff_joining.join(row, by=row.user, at=at + 7 * DAY)

    staff_inviting.send_again(row, by=manager, at=at + 7 * DAY)
    staff_inviting.withdraw(row, by=manager, at=at + 7 * DAY)

    assert Mail.objects.filter(to=row.email).count() == 2
    with pytest.raises(InvitationOver):
        staff_joining.join(row, by=row.user, at=at + 7 * DAY)
    assert not Event.objects.filter(verb="membership.begun").exists()


def test_inviting__says_the_same_of_an_address_with_an_account_and_without(manager: User, mother: User) -> None:
    User.objects.filter(pk=mother.pk).update(display_name="アカウントの名前")
    client, said = signed_in(manager), []
    for email in (mother.email, "nobody@example.jp"):
        sent = {"email": email, "display_name": "佐藤", "role": "staff"}
        answer = client.post(f"{STAFF}invite/", sent, follow=True)
        said.append(str(next(iter(answer.context["messages"]))))
        assert "アカウントの名前" not in answer.content.decode()
        StaffInvitation.objects.all().delete()
    assert said[0] == said[1]


def test_staff__who_do_not_manage_read_the_list_and_change_nothing(
    clinic: Facility, manager: User, colleague: User
) -> None:
    client = signed_in(colleague)
    page = client.get(STAFF).content.decode()
    assert "管理者だけができます" in page
    assert "職員を招く</summary>" not in page

    client.post(f"{STAFF}invite/", {"email": "a@example.jp", "display_name": "佐藤", "role": "manager"})
    client.post(f"{STAFF}{membership_of(manager).pk}/", {"act": "end"})
    client.post(f"{STAFF}{membership_of(colleague).pk}/", {"act": "manage"})

    assert not StaffInvitation.objects.exists()
    assert membership_of(manager).manages
    assert not membership_of(colleague).manages


def test_a_colleague_of_another_facility__is_a_page_that_does_not_exist(manager: User, clinic: Facility) -> None:
    other = factories.StaffMembershipFactory(facility=Facility.objects.exclude(pk=clinic.pk).first())
    row = invited(other.facility, _managing(other))
    client = signed_in(manager)

    answers = [client.get(f"{STAFF}{other.pk}/"), client.post(f"{STAFF}invitations/{row.pk}/", {"act": "withdraw"})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_ending__ends_her_sessions_at_the_next_request(clinic: Facility, manager: User, colleague: User) -> None:
    client = signed_in(colleague)
    assert client.get("/facility/").status_code == 200

    staffing.end_work(membership_of(colleague), by=manager, at=clock.now())

    assert client.get("/facility/").headers["Location"].startswith("/accounts/login/")
    assert signed_in(colleague).get("/facility/").status_code == 404
    ended = Event.objects.get(verb="membership.ended")
    assert (ended.facility_id, ended.data) == (clinic.pk, {"user": colleague.pk})
    assert "同僚さんについて" in signed_in(manager).get(STAFF).content.decode()


def test_somebody__always_manages(clinic: Facility, manager: User, colleague: User) -> None:
    own, at = membership_of(manager), clock.now()
    with pytest.raises(staffing.OwnWork):
        staffing.end_work(own, by=manager, at=at)
    with pytest.raises(staffing.OwnWork):
        staffing.set_manages(own, False, by=manager, at=at)
    with pytest.raises(staffing.LastOne):
        staffing.leave(clinic, by=manager, at=at)
    page = signed_in(manager).get(f"{STAFF}leave/").content.decode()
    assert "先に、ほかの職員を管理者にしてください。" in page
    assert "この施設での登録を終える</button>" not in page

    staffing.set_manages(membership_of(colleague), True, by=manager, at=at)
    client = signed_in(manager)
    assert client.post(f"{STAFF}leave/").headers["Location"] == "/accounts/login/"

    assert [row.user for row in StaffMembership.objects.filter(facility=clinic)] == [colleague]
    assert client.get("/facility/").status_code == 302


def test_the_first_of_a_facility__is_asked_by_a_centre_with_a_contract_and_no_centre_lets_anybody_in_later(
    kodaira: Municipality, decider: User, nurse: User, client: Client
) -> None:
    empty = Facility.objects.filter(contracts__municipality=kodaira, staff=None).first()
    assert empty is not None
    contract = empty.contracts.get(municipality=kodaira)
    page = signed_in(enrolled(decider))
    assert empty.name in page.get("/kodaira/centre/office/facility-staff/").content.decode()
    with pytest.raises(PermissionDenied):
        _first(empty, kodaira, nurse)

    page.post(
        f"/kodaira/centre/office/facility-staff/{contract.pk}/", {"email": "incho@example.jp", "display_name": "院長"}
    )
    row = StaffInvitation.objects.get()
    later = _first(empty, kodaira, decider, "second@example.jp")
    signed_in(row.user)

    assert membership_of(row.user).manages
    with pytest.raises(InvitationOver):
        staff_joining.join(later, by=later.user, at=clock.now())
    with pytest.raises(staff_inviting.HasStaff):
        _first(empty, kodaira, decider, "third@example.jp")


def test_a_centre_without_a_contract__asks_nobody(kodaira: Municipality, decider: User) -> None:
    with pytest.raises(PermissionDenied):
        _first(Facility.objects.create(code="elsewhere", name="よその施設"), kodaira, decider)


def test_employing__makes_the_first_one_manage(clinic: Facility) -> None:
    StaffMembership.objects.all().delete()
    people: list[Any] = [factories.UserFactory(), factories.UserFactory()]
    assert [employ(person, clinic).manages for person in people] == [True, False]


def _managing(membership: StaffMembership) -> User:
    StaffMembership.objects.filter(pk=membership.pk).update(manages=True)
    return membership.user


def _first(
    facility: Facility, municipality: Municipality, by: User, email: str = "first@example.jp"
) -> StaffInvitation:
    return staff_inviting.invite_first(
        facility, email, display_name="院長", municipality=municipality, by=by, at=clock.now()
    )
