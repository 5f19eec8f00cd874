"""The case page and its forms: what is shown to whom, and what pressing a button does."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application, Decision, Hearing, Letter, PhoneCall
from applications.services.deciding import approve
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.cases import FULL_GRANT, again, certificate, handed_in, heard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
APPROVAL = {
    "outcome": "approve",
    "services": ["short_stay", "midwife_visit"],
    "limit_stay_and_day": "7",
    "limit_stay": "6",
    "limit_stay_nights": "5",
    "limit_day": "5",
    "limit_midwife": "2",
    "limit_supporter": "5",
    "class_code": "general",
    "extension_reason": "",
}


class Desk:
    """One member of staff at one case."""

    def __init__(self, user, application) -> None:
        self.client = Client()
        self.client.force_login(user)
        self.url = f"/kodaira/centre/cases/{application.number}/"

    def page(self) -> str:
        return self.client.get(self.url).content.decode()

    def send(self, form: str, data, **headers):
        return self.client.post(f"{self.url}{form}/", data, headers=headers)

    def told(self, form: str, data) -> str:
        """The page that the form led to."""
        return self.client.post(f"{self.url}{form}/", data, follow=True).content.decode()


def checked(page: str, name: str) -> list[str]:
    """The values of the boxes that are ticked."""
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in box and " checked" in box]
    return [value for box in boxes for value in re.findall(r'value="(\w+)"', box)]


@pytest.fixture
def application(kodaira):
    return handed_in(kodaira)


@pytest.fixture
def waiting(kodaira, nurse):
    return heard(kodaira, nurse)


def test_page__shows_findings_contents_and_the_work(application, nurse):
    page = Desk(nurse, application).page()
    for words in (
        "小平市に住民登録がある",
        "満たしています",
        "〒187-0043",
        "授乳、夜のお世話",
        "1. 電話で聞く",
        "担当になる",
    ):
        assert words in page
    assert "2. 決める" not in page


def test_page__writes_down_who_read_it(application, nurse):
    Desk(nurse, application).page()
    event = Event.objects.get(verb="case.read")
    assert (event.actor_id, event.subject_id, event.citizen_id) == (nurse.pk, application.pk, application.citizen_id)


def test_page__of_no_case_and_of_a_draft_is_no_page(kodaira, nurse, application):
    desk = Desk(nurse, application)
    draft = factories.ApplicationFactory(municipality=kodaira, status="draft", number="R7-9999")
    assert desk.client.get("/kodaira/centre/cases/R7-0000/").status_code == 404
    assert desk.client.get(f"/kodaira/centre/cases/{draft.number}/").status_code == 404
    assert not Event.objects.filter(verb="case.read").exists()


def test_page__shows_pictures_of_the_certificates_and_a_gap_for_each_that_is_missing(kodaira, nurse):
    application = handed_in(kodaira, household_class="tax_exempt", members=3)
    document = certificate(application, "tax_exemption_certificate", pages=2)
    page = Desk(nurse, application).page()
    assert f"/kodaira/documents/{document.pk}/pages/2/" in page
    assert "世帯全員分の非課税証明書が1枚足りません。" in page
    assert page.count("あと1枚") == 1


def test_page__costs_the_same_number_of_queries_for_a_long_history(application, nurse, decider):
    desk = Desk(nurse, application)
    desk.send("call", {"reached": "no"})
    desk.page()
    with CaptureQueriesContext(connection) as few:
        desk.page()
    for person in (nurse, decider) * 5:
        Desk(person, application).send("call", {"reached": "no", "note": "留守"})
    with CaptureQueriesContext(connection) as many:
        desk.page()
    assert len(many) == len(few) <= 30


def test_take_on__puts_her_in_charge(application, nurse):
    assert "担当 渡辺" in Desk(nurse, application).told("take-on", {})


def test_call__is_recorded_with_the_promised_time(application, nurse):
    page = Desk(nurse, application).told(
        "call", {"reached": "no", "call_back_on": "2026-03-06", "call_back_time": "14:00", "note": "留守番電話"}
    )
    assert PhoneCall.objects.get().call_back_at == dt.datetime(2026, 3, 6, 14, tzinfo=clock.TOKYO)
    assert "電話に出ませんでした。かけ直し 3月6日(金) 14:00。留守番電話 — 渡辺" in page


@pytest.mark.parametrize(
    "wrong",
    [{"call_back_on": "2026-03-06"}, {"call_back_time": "14:00"}, {"call_back_on": "2027-01-01"}, {"note": "\x00"}],
)
def test_call__that_cannot_be_understood_comes_back_and_is_not_recorded(application, nurse, wrong):
    answer = Desk(nurse, application).send("call", {"reached": "no", **wrong})
    assert "か所を直してください" in answer.content.decode()
    assert not PhoneCall.objects.exists()


def test_hearing__is_saved_by_its_button(application, nurse):
    page = Desk(nurse, application).told("hearing", {"consent": "on", "resident": "no", "note": "夜がつらい"})
    hearing = Hearing.objects.get()
    assert (hearing.consent, hearing.resident, hearing.lacks_support, hearing.note) == (True, False, None, "夜がつらい")
    assert "聞き取りを保存しました。" in page
    assert "小平市に住民登録がありません。" in page


def test_hearing__saves_by_itself_and_says_when(application, nurse):
    answer = Desk(nurse, application).send("hearing", {"consent": "on"}, **{"HX-Request": "true"})
    assert "10:00 保存" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_hearing__that_cannot_be_kept_says_so_where_it_saves_by_itself(application, nurse):
    answer = Desk(nurse, application).send("hearing", {"note": "あ\u200b"}, **{"HX-Request": "true"})
    assert "保存していません" in answer.content.decode()
    assert not Hearing.objects.exists()


def test_recommendation__hands_the_case_on(application, nurse):
    page = Desk(nurse, application).told("hearing", {"consent": "on", "recommendation": "approve"})
    assert again(application).status == Application.Status.RECOMMENDED
    assert "決定する人を待っています。" in page


def test_recommendation__before_the_questions_are_asked_names_them_and_keeps_the_rest(application, nurse):
    page = Desk(nurse, application).told("hearing", {"note": "話した", "recommendation": "approve"})
    assert "まだ聞いていないことがあります(本人の同意)" in page
    assert Hearing.objects.get().note == "話した"


def test_decision_card__preselects_her_wishes_and_what_the_rules_give(waiting, decider):
    page = Desk(decider, waiting).page()
    assert "承認して通知書を出す" in page
    assert checked(page, "services") == ["short_stay", "midwife_visit"]
    assert re.search(r'<input[^>]*name="limit_stay"[^>]*value="6"', page)


def test_decision_card__is_not_for_whoever_did_the_hearing(kodaira, decider):
    page = Desk(decider, heard(kodaira, decider)).page()
    assert "聞き取りをした人とは別の人が決定します。" in page
    assert "承認して通知書を出す" not in page


def test_own_case__can_be_seen_and_not_worked_on(kodaira, nurse, decider):
    page = Desk(decider, heard(kodaira, nurse, household__citizen=decider)).page()
    assert "自分の申請です。" in page
    assert "<form" not in page.split('<main id="main"')[1]


def test_own_case__is_not_decided_by_a_crafted_post_either(kodaira, nurse, decider):
    own = heard(kodaira, nurse, household__citizen=decider)
    assert "自分の申請は、ほかの職員が進めます。" in Desk(decider, own).told("decide", APPROVAL)
    assert not Decision.objects.exists()


def test_auditor__reads_and_changes_nothing(waiting, kodaira):
    desk = Desk(factories.MembershipFactory(municipality=kodaira, role="auditor").user, waiting)
    assert "<form" not in desk.page().split('<main id="main"')[1]
    for form in ("take-on", "call", "hearing", "decide"):
        assert desk.send(form, APPROVAL).status_code == 404


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

    thin = desk.send("decide", {"outcome": "refuse", "reason": "要件外です。"}).content.decode()
    assert "事実を書いてください" in thin

    desk.send("decide", {"outcome": "refuse", "reason": "小平市に住民登録がありません。"})
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


def test_hearing__of_a_decided_case_says_so_where_it_saves_by_itself(kodaira, nurse):
    answer = Desk(nurse, handed_in(kodaira, status="approved")).send(
        "hearing", {"consent": "on"}, **{"HX-Request": "true"}
    )
    assert "もう決定されたか、取り下げられています。" in answer.content.decode()


@pytest.mark.parametrize("number", ["%00", "R7-0001%00", "%ED%A0%80", "9" * 400, "R7-0001%0A", "%F0%9F%A6%8A"])
def test_an_odd_number__is_no_page(application, nurse, number):
    client = Desk(nurse, application).client
    assert client.get(f"/kodaira/centre/cases/{number}/").status_code == 404
    assert client.post(f"/kodaira/centre/cases/{number}/call/", {"reached": "no"}).status_code == 404


ODD = ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "1_0", "９" * 40, "-1", "<script>alert(1)</script>", "𠮷", ""]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("form", ["call", "hearing", "decide"])
def test_forms__answer_odd_values_in_words(waiting, decider, odd, form):
    names = {"call": ["call_back_on", "call_back_time", "note", "reached"], "hearing": ["resident", "note", "consent"]}
    data = dict.fromkeys(names.get(form, list(APPROVAL)), odd)
    if form == "hearing":
        data["recommendation"] = odd
    answer = Desk(decider, waiting).send(form, data)
    assert answer.status_code in (200, 302)
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("odd", ODD)
def test_refusal__answers_odd_reasons_in_words(waiting, decider, odd):
    answer = Desk(decider, waiting).send("decide", {"outcome": "refuse", "reason": odd})
    assert answer.status_code in (200, 302)
