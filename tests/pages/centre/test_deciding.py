"""The decision's card and its form: who has them, what comes back, what the preview and the deed do."""

import re

import pytest

from applications.models import Application, Decision, Letter
from applications.services.deciding import approve
from postpartum_portal.shared import clock
from tests import factories
from tests.cases import FULL_GRANT, again, heard

from .desk import APPROVAL, Desk, checked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def test_decision_card__preselects_her_wishes_and_what_the_rules_give(waiting, decider):
    page = Desk(decider, waiting).page()
    assert "承認して通知書を出す" in page
    assert checked(page, "services") == ["short_stay", "midwife_visit"]
    assert re.search(r'<input[^>]*name="limit_stay"[^>]*value="6"', page)


def test_decision_card__is_not_for_whoever_did_the_hearing(kodaira, decider):
    page = Desk(decider, heard(kodaira, decider)).page()
    assert "聞き取りをした人とは別の人が決定します。" in page
    assert "承認して通知書を出す" not in page


def test_own_case__is_not_decided_by_a_crafted_post_either(kodaira, nurse, decider):
    own = heard(kodaira, nurse, household__citizen=decider)
    assert "自分の申請は、ほかの職員が進めます。" in Desk(decider, own).told("decide", APPROVAL)
    assert not Decision.objects.exists()


def test_nurse__has_no_page_to_decide(waiting, nurse):
    assert Desk(nurse, waiting).send("decide", APPROVAL).status_code == 404


def test_approve__leads_to_the_case_with_its_decision(waiting, decider):
    page = Desk(decider, waiting).told("decide", APPROVAL)
    assert "決定しました。" in page
    assert "作成中" in page
    assert Decision.objects.get().granted["limits"] == {"stay_and_day": 7, "stay": 6, "stay_nights": 5, "midwife": 2}


def test_approve__more_than_the_principle_asks_for_the_reason_and_keeps_what_was_typed(waiting, decider):
    desk = Desk(decider, waiting)
    page = desk.send("decide", {**APPROVAL, "limit_stay": "７"}).content.decode()
    assert "宿泊型の日数が原則の6日より多いので、理由を書いてください。" in page
    assert 'value="７"' in page

    desk.send("decide", {**APPROVAL, "limit_stay": "７", "extension_reason": "退院が遅れたため"})
    assert "退院が遅れたため" in desk.page()


@pytest.mark.parametrize(
    "wrong", [{"limit_stay": "8"}, {"limit_stay": ""}, {"services": []}, {"class_code": "public_assistance"}]
)
def test_approve__what_the_rules_do_not_give_comes_back(waiting, decider, wrong):
    assert "か所を直してください" in Desk(decider, waiting).send("decide", {**APPROVAL, **wrong}).content.decode()
    assert not Decision.objects.exists()


def test_approve__of_an_exempt_class_without_its_certificates_warns(kodaira, nurse, decider):
    page = Desk(decider, heard(kodaira, nurse, household_class="tax_exempt", members=3)).page()
    assert "世帯全員分の非課税証明書があと3枚足りません。" in page
    assert checked(page, "class_code") == ["general"]


def test_approve__names_a_character_that_cannot_be_printed(kodaira, nurse, decider):
    application = heard(kodaira, nurse, household__name="髙橋 \U0001f98a")
    page = Desk(decider, application).send("decide", APPROVAL).content.decode()
    assert "U+1F98A" in page
    assert not Letter.objects.exists()


def test_preview__shows_the_letter_and_changes_nothing(waiting, decider):
    page = Desk(decider, waiting).send("decide", {**APPROVAL, "preview": "1"}).content.decode()
    assert "下見です。まだ決定していません。" in page
    assert "小平市産後ケア事業利用承認決定通知書" in page
    assert "7小健母第○号" in page
    assert not Letter.objects.exists()
    assert again(waiting).status == Application.Status.RECOMMENDED


def test_refuse__starts_from_a_draft_of_facts_and_rule(kodaira, nurse, decider):
    application = heard(kodaira, nurse, recommendation="refuse", hearing={"resident": False})
    desk = Desk(decider, application)
    assert "小平市に住民登録がありません。「小平市に住民登録がある" in desk.page()

    typed = desk.send("reason", {"reason": "要件外です。"}).content.decode()
    assert "「要件外」では、理由が伝わりません" in typed
    thin = desk.send("decide", {"outcome": "refuse", "reason": "要件外です。"}).content.decode()
    assert "事実を書いてください" in thin

    desk.send("decide", {"outcome": "refuse", "reason": "小平市に住民登録がありません。要綱第3条に当たりません。"})
    assert Decision.objects.get().outcome == "refused"


def test_decide__too_late_says_who_was_first(waiting, kodaira, decider):
    other = factories.MembershipFactory(municipality=kodaira, role="decider", user__display_name="鈴木").user
    approve(again(waiting), by=other, at=clock.now(), **FULL_GRANT)
    page = Desk(decider, waiting).told("decide", APPROVAL)
    assert "鈴木さんが3月5日(木) 10:00に承認と決定しました。" in page
    assert Letter.objects.count() == 1


def test_decided_case__keeps_showing_what_the_decision_rests_on(waiting, decider, clock_at):
    Desk(decider, waiting).send("decide", APPROVAL)
    clock_at.move_to("2026-12-01T10:00:00+09:00")
    assert "予定日どおりに生まれると、8月29日(土)まで使えます" in Desk(decider, waiting).page()


def test_decide__of_a_case_that_is_not_heard_yet_leads_back_to_it(application, decider):
    desk = Desk(decider, application)
    page = desk.client.get(f"{desk.url}decide/", follow=True).content.decode()
    assert "この申請は、決定を待っていません。" in page
    assert "この申請は、決定を待っていません。" in desk.told("decide", APPROVAL)
    assert not Decision.objects.exists()
