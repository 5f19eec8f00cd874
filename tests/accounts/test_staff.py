"""Staff accounts: invited, changed, ended; a second factor taken away by two. What each promises, once."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.models import Application, SavedView
from applications.services.assigning import take_on
from eligibility.public import Municipality
from postpartum_portal.accounts.models import FactorReset, Invitation, Membership, User
from postpartum_portal.accounts.services import asking, inviting, joining, members, resetting
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.clients import enrolled, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "whole_sign_in")]
STAFF = "/kodaira/centre/office/staff/"
WORKLIST = "/kodaira/centre/"
DAY = dt.timedelta(days=1)


def invited(kodaira: Municipality, decider: User, email: str = "shinjin@example.jp") -> Invitation:
    return inviting.invite(kodaira, email, display_name="佐藤", role=Membership.Role.CENTRE, by=decider, at=clock.now())


# inviting


def test_an_invitation__holds_from_the_first_sign_in_of_somebody_new(kodaira: Municipality, decider: User) -> None:
    row = invited(kodaira, decider)
    assert not Membership.objects.filter(user=row.user).exists()
    assert "/accounts/invitations/" in Mail.objects.get(to="shinjin@example.jp").text

    client = signed_in(row.user)

    membership = Membership.objects.get(user=row.user)
    assert (membership.role, membership.user.display_name) == ("centre", "佐藤")
    assert client.get(WORKLIST).headers["Location"] == "/accounts/second-factor/"
    assert list(Event.objects.filter(subject_kind="membership").values_list("verb", "subject_id")) == [
        ("membership.begun", membership.pk)
    ]


def test_an_invitation__of_somebody_with_an_account_waits_for_her_yes(
    kodaira: Municipality, decider: User, mother: User
) -> None:
    signed_in(mother)
    mother.refresh_from_db()
    row = invited(kodaira, decider, mother.email)

    client = signed_in(mother)
    assert not Membership.objects.filter(user=mother).exists()
    assert "小平市" in client.get("/accounts/invitations/").content.decode()

    stranger = signed_in(factories.UserFactory())
    assert stranger.post("/accounts/invitations/", {"invitation": row.pk}).status_code == 404
    client.post("/accounts/invitations/", {"invitation": row.pk})
    assert Membership.objects.get(user=mother).role == "centre"


def test_an_invitation__leads_nowhere_once_withdrawn_or_after_seven_days_until_sent_again(
    kodaira: Municipality, decider: User
) -> None:
    row, at = invited(kodaira, decider), clock.now()
    with pytest.raises(asking.InvitedAlready):
        invited(kodaira, decider, "SHINJIN@example.jp")
    with pytest.raises(asking.InvitationOver):
        joining.accept(row, by=row.user, at=at + 7 * DAY)

    inviting.send_again(row, by=decider, at=at + 7 * DAY)
    assert Mail.objects.filter(to=row.email).count() == 2
    inviting.withdraw(row, by=decider, at=at + 7 * DAY)
    with pytest.raises(asking.InvitationOver):
        joining.accept(row, by=row.user, at=at + 7 * DAY)
    signed_in(row.user)
    assert not Membership.objects.filter(user=row.user).exists()


def test_inviting__says_the_same_of_an_address_with_an_account_and_without(
    kodaira: Municipality, decider: User, mother: User
) -> None:
    client = signed_in(enrolled(decider))
    pages = []
    for email in (mother.email, "nobody@example.jp"):
        answer = client.post(f"{STAFF}invite/", {"email": email, "display_name": "佐藤", "role": "centre"}, follow=True)
        pages.append(str(next(iter(answer.context["messages"]))))
        Invitation.objects.all().delete()
    assert pages[0] == pages[1]


# changing and ending


def test_the_page__is_read_by_all_staff_and_changed_by_deciders(
    kodaira: Municipality, nurse: User, decider: User
) -> None:
    client = signed_in(enrolled(nurse))
    page = client.get(STAFF).content.decode()
    other = Membership.objects.get(user=decider)

    assert "田中" in page
    assert "職員を招く、役割を変える、登録を終えるのは、決定者だけができます。" in page
    assert client.post(f"{STAFF}invite/", {"email": "a@example.jp"}).status_code == 404
    client.post(f"{STAFF}{other.pk}/", {"act": "role", "role": "centre"})
    assert Membership.objects.get(pk=other.pk).role == "decider"
    assert Membership.objects.get(user=nurse).last_used_on == clock.today()


def test_ending__ends_her_sessions_and_hands_her_cases_on(kodaira: Municipality, nurse: User, decider: User) -> None:
    heir = factories.MembershipFactory(municipality=kodaira, role="centre").user
    case = factories.ApplicationFactory(municipality=kodaira)
    take_on(case, by=nurse, at=clock.now())
    SavedView.objects.create(municipality=kodaira, user=nurse, name="自分の分", state="open")
    client = signed_in(enrolled(nurse))
    assert client.get(WORKLIST).status_code == 200

    membership = Membership.objects.get(user=nurse)
    members.end_membership(membership, to=heir, by=decider, at=clock.now())

    assert client.get(WORKLIST).headers["Location"].startswith("/accounts/login/")
    assert signed_in(nurse).get(WORKLIST).status_code == 404
    assert Application.objects.get(pk=case.pk).assignee == heir
    assert not SavedView.objects.exists()
    ended = Event.objects.get(verb="membership.ended")
    assert (ended.subject_id, ended.data) == (membership.pk, {"to": heir.pk})
    assert "やめた職員" in signed_in(enrolled(decider)).get("/kodaira/centre/office/audit/accounts/").content.decode()


def test_a_decider__is_never_the_last_to_go_nor_changes_herself(kodaira: Municipality, decider: User) -> None:
    second = factories.MembershipFactory(municipality=kodaira, role="decider")
    own, at = Membership.objects.get(user=decider), clock.now()

    with pytest.raises(members.OwnMembership):
        members.change_role(own, Membership.Role.CENTRE, by=decider, at=at)
    members.change_role(second, Membership.Role.CENTRE, by=decider, at=at)
    with pytest.raises(PermissionDenied):
        members.end_membership(own, to=None, by=second.user, at=at)
    members.change_role(second, Membership.Role.DECIDER, by=decider, at=at)
    User.objects.filter(pk=decider.pk).update(is_active=False)  # signed off by the operator while her page is open
    with pytest.raises(members.LastDecider):
        members.end_membership(second, to=None, by=decider, at=at)


# a second factor taken away by two


def test_a_second_factor__is_taken_away_by_two_others_once(kodaira: Municipality, nurse: User, decider: User) -> None:
    lost, at = enrolled(factories.MembershipFactory(municipality=kodaira).user), clock.now()
    client = signed_in(lost)
    asked = resetting.ask_reset(Membership.objects.get(user=lost), reason="機種変更", by=nurse, at=at)

    for unfit in (nurse, lost):
        with pytest.raises(PermissionDenied):
            resetting.confirm_reset(asked, by=unfit, at=at)
    with pytest.raises(resetting.ResetOver):
        resetting.confirm_reset(asked, by=decider, at=at + DAY)
    resetting.confirm_reset(asked, by=decider, at=at)
    with pytest.raises(resetting.ResetOver):
        resetting.confirm_reset(FactorReset.objects.get(), by=decider, at=at)

    assert not Authenticator.objects.filter(user=lost).exists()
    assert client.get(WORKLIST).headers["Location"].startswith("/accounts/login/")
    assert signed_in(lost).get(WORKLIST).headers["Location"] == "/accounts/second-factor/"
    assert Mail.objects.filter(to=lost.email).count() == 1


def test_a_second_factor__that_opens_another_centre_too_is_for_who_decides_at_both(
    kodaira: Municipality, nurse: User, decider: User
) -> None:
    lost = of_two_centres(kodaira)
    asked = resetting.ask_reset(
        Membership.objects.get(user=lost, municipality=kodaira), reason="機種変更", by=nurse, at=clock.now()
    )
    page = signed_in(enrolled(decider)).post(f"{STAFF}resets/{asked.pk}/", follow=True).content.decode()
    assert "そこでも決定者である方だけが確かめられます" in page
    assert Authenticator.objects.filter(user=lost).exists()

    factories.MembershipFactory(user=decider, municipality=Municipality.objects.get(slug="yoso"), role="decider")
    resetting.confirm_reset(asked, by=decider, at=clock.now())

    assert not Authenticator.objects.filter(user=lost).exists()


def test_control__without_that_guard_two_of_one_centre_open_the_other(
    kodaira: Municipality, nurse: User, decider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resetting, "_check_decides_there_too", lambda *_: None)
    with pytest.raises(AssertionError):
        test_a_second_factor__that_opens_another_centre_too_is_for_who_decides_at_both(kodaira, nurse, decider)


def of_two_centres(kodaira: Municipality) -> User:
    lost: User = enrolled(factories.MembershipFactory(municipality=kodaira).user)
    elsewhere = Municipality.objects.create(slug="yoso", name="よその市", code="999999")
    factories.MembershipFactory(user=lost, municipality=elsewhere)
    return lost


def test_a_request__of_yesterday_is_gone_from_the_page_and_nobody_asks_for_herself(
    kodaira: Municipality, nurse: User, decider: User
) -> None:
    client = signed_in(enrolled(decider))
    membership = Membership.objects.get(user=nurse)
    with pytest.raises(PermissionDenied):
        resetting.ask_reset(membership, reason="自分の", by=nurse, at=clock.now())
    asked = resetting.ask_reset(membership, reason="窓口で話した", by=decider, at=clock.now())
    assert "窓口で話した" in client.get(STAFF).content.decode()

    FactorReset.objects.filter(pk=asked.pk).update(expires_at=clock.now())
    assert "窓口で話した" not in client.get(STAFF).content.decode()


def test_a_reset__by_one_person_or_for_oneself_is_refused_by_the_database(nurse: User, decider: User) -> None:
    row = {"municipality": Municipality.objects.get(slug="kodaira"), "asked_at": clock.now(), "expires_at": clock.now()}
    with pytest.raises(IntegrityError, match="second_factor_is_reset_by_others"), transaction.atomic():
        FactorReset.objects.create(user=nurse, asked_by=nurse, **row)
    with pytest.raises(IntegrityError, match="second_factor_is_reset_by_two_persons"), transaction.atomic():
        FactorReset.objects.create(user=nurse, asked_by=decider, confirmed_by=decider, confirmed_at=clock.now(), **row)
