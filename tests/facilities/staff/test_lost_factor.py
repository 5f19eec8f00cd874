"""A receptionist has lost the telephone with her second factor: one asks, another confirms, she sets up a new one."""

import re

import pytest
from django.test import Client

from eligibility.public import Municipality
from facilities.models import Facility, StaffMembership, StaffReset
from facilities.services import staff_resetting
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.clients import enrolled, signed_in
from tests.facilities.staff.lost_factor import (
    ASKS,
    CENTRE,
    DAY,
    STAFF,
    Desk,
    another_than,
    desk_of,
    has_factor,
    works_at,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


@pytest.fixture
def desk(clinic: Facility, kodaira: Municipality, decider: User) -> Desk:
    return desk_of(clinic, kodaira, decider)


def test_a_colleague_asks_and_a_manager_confirms__and_her_next_sign_in_sets_up_a_new_one(desk: Desk) -> None:
    asking, confirming, hers = (signed_in(who) for who in (desk.colleague, desk.manager, desk.lost.user))
    said = asking.post(f"{STAFF}{desk.lost.pk}/", ASKS, follow=True).content.decode()
    assert "もう1人の確認を待っています" in said
    assert "頼んだ人とは別の管理者か、契約している市町村の決定者が確かめます。" in said
    assert "確かめて、登録を消す" not in said
    assert has_factor(desk.lost)
    assert "職員 <b>1件</b>" in confirming.get("/facility/settings/").content.decode()

    page = confirming.get(STAFF).content.decode()
    assert all(word in page for word in ("受付さんの、もうひとつの確認を消す依頼", ASKS["reason"], "同僚さんが"))
    done = confirming.post(f"{STAFF}resets/{StaffReset.objects.get().pk}/", follow=True).content.decode()

    assert "受付さんの登録を消しました" in done
    assert "受付さんについて、もうひとつの確認の登録を消しました" in done
    assert not has_factor(desk.lost)
    assert hers.get("/facility/").headers["Location"].startswith("/accounts/login/")
    assert signed_in(desk.lost.user).get("/facility/").headers["Location"] == "/accounts/second-factor/"
    mail = Mail.objects.get(to=desk.lost.user.email)
    assert f"{desk.clinic.name}の職員2人が確かめて" in mail.text
    assert f"{desk.clinic.name}の管理者か、市町村の産後ケアの窓口に知らせてください" in mail.text
    assert {event.facility_id for event in Event.objects.filter(verb__startswith="second_factor.")} == {desk.clinic.pk}


def test_where_she_works_alone__a_centre_under_contract_asks_and_its_decider_confirms(desk: Desk, nurse: User) -> None:
    StaffMembership.objects.exclude(pk=desk.lost.pk).delete()
    asking, confirming = signed_in(enrolled(nurse)), signed_in(desk.decider)
    assert desk.clinic.name in asking.get(CENTRE).content.decode().split("電話をなくした人を助ける")[1]
    sent = {"who": desk.lost.pk, "reason": "電話で話した"}
    asked = asking.post(f"{CENTRE}{desk.clinic.pk}/reset/", sent, follow=True).content.decode()
    assert "もう1人の確認を待っています" in asked
    assert "確かめて、登録を消す" not in asked
    assert "施設の職員 <b>1件</b>" in confirming.get("/kodaira/centre/office/").content.decode()

    page = confirming.get(CENTRE).content.decode()
    assert f"{desk.clinic.name} 受付さんの" in page
    assert "小平市の渡辺さんが" in page
    confirming.post(f"{CENTRE}resets/{StaffReset.objects.get().pk}/")

    assert not has_factor(desk.lost)
    assert "小平市の職員2人が確かめて" in Mail.objects.get(to=desk.lost.user.email).text
    assert Event.objects.get(verb="second_factor.reset").municipality_id == desk.centre.pk


def test_a_colleague_asks_and_a_decider_confirms__and_the_mail_names_both(desk: Desk) -> None:
    staff_resetting.confirm_reset(desk.ask(), by=desk.decider, at=clock.now(), municipality=desk.centre)

    assert f"{desk.clinic.name}と小平市の職員2人が確かめて" in Mail.objects.get(to=desk.lost.user.email).text
    assert Event.objects.get(verb="second_factor.reset").municipality_id == desk.centre.pk


def test_a_reason_left_out__brings_the_page_back_with_what_was_chosen(desk: Desk, nurse: User) -> None:
    of_facility = signed_in(desk.colleague).post(f"{STAFF}{desk.lost.pk}/", {"act": "reset"}).content.decode()
    of_centre = signed_in(enrolled(nurse)).post(f"{CENTRE}{desk.clinic.pk}/reset/", {"who": desk.lost.pk})

    assert "<details open>" in of_facility
    assert re.search(rf'<input[^>]*value="{desk.lost.pk}"[^>]* checked', of_centre.content.decode())
    assert "エラー" in of_facility
    assert not StaffReset.objects.exists()


def test_who_is_of_another_place__finds_a_page_that_does_not_exist(desk: Desk) -> None:
    asked = desk.ask()
    stranger = signed_in(works_at(another_than(desk.clinic), "よその院長", manages=True).user)
    other = enrolled(factories.MembershipFactory(municipality=desk.elsewhere, role="decider").user)
    away = signed_in(other)

    answers = [
        stranger.post(f"{STAFF}resets/{asked.pk}/"),
        away.post(f"/yoso/centre/office/facility-staff/resets/{asked.pk}/"),
        away.get(f"/yoso/centre/office/facility-staff/{desk.clinic.pk}/reset/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert has_factor(desk.lost)


def test_too_late_or_confirmed_meanwhile__is_said_in_a_sentence(desk: Desk) -> None:
    asked, client = desk.ask(at=clock.now() - DAY), signed_in(desk.manager)
    assert "もうひとつの確認を消す依頼" not in client.get(STAFF).content.decode()
    assert "もう済んだか、1日が過ぎています" in _pressed(client, asked)

    again = desk.ask()
    _pressed(client, again)
    assert "もう済んだか、1日が過ぎています" in _pressed(client, again)
    assert Mail.objects.count() == 1


def _pressed(client: Client, asked: StaffReset) -> str:
    return client.post(f"{STAFF}resets/{asked.pk}/", follow=True).content.decode()
