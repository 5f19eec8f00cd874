"""The case page, the call and the hearing: what is shown to whom, and what pressing a button does."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application, Hearing, PhoneCall
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from tests import factories
from tests.cases import again, certificate, handed_in, heard

from .desk import APPROVAL, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


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


def test_page__counts_no_weeks_after_a_loss(kodaira, nurse):
    lost: Any = {"birth__outcome": "lost", "birth__expected": False, "birth__ended_on": dt.date(2026, 2, 20)}
    application = handed_in(kodaira, **lost, birth__due_date=dt.date(2026, 4, 30))
    assert "週" not in Desk(nurse, application).page().partition("casehead")[2].partition("受付から")[0]


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
    assert len(many) == len(few) <= 32


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
    assert (hearing.consent, hearing.told["resident"], hearing.note) == (True, False, "夜がつらい")
    assert hearing.told.get("lacks_support") is None
    assert "聞き取りを保存しました。" in page
    assert "小平市に住民登録がありません。" in page


def test_hearing__saves_by_itself_and_says_when(application, nurse):
    answer = Desk(nurse, application).send("hearing", {"consent": "on"}, **{"HX-Request": "true"})
    assert "保存しました 10:00" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_hearing__that_comes_back_keeps_the_way_to_the_list(application, nurse):
    """From the case's page, from its own page, and once it is saved."""
    desk, sent = Desk(nurse, application), {"note": "あ\u200b"}
    opened = f"{desk.url}?from=state%3Dnew"
    first = desk.send("hearing", sent, referer=f"http://testserver{opened}").content.decode()
    again_wrong = desk.send("hearing", {**sent, "from": "state=new"}, referer=f"http://testserver{desk.url}hearing/")
    for page in (first, again_wrong.content.decode()):
        assert f'href="{opened}"' in page
        assert '<input type="hidden" name="from" value="state=new">' in page
    saved = desk.send("hearing", {"note": "話した", "from": "state=new"}, referer="http://[")
    assert saved["Location"] == opened
    assert 'name="from"' not in desk.send("hearing", sent).content.decode()


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


def test_own_case__can_be_seen_and_not_worked_on(kodaira, nurse, decider):
    page = Desk(decider, heard(kodaira, nurse, household__citizen=decider)).page()
    assert "自分の申請です。" in page
    assert "<form" not in page.split('<main id="main"')[1]


def test_auditor__reads_and_changes_nothing(waiting, kodaira):
    desk = Desk(factories.MembershipFactory(municipality=kodaira, role="auditor").user, waiting)
    assert "<form" not in desk.page().split('<main id="main"')[1]
    for form in ("take-on", "call", "hearing", "decide"):
        assert desk.send(form, APPROVAL).status_code == 404


def test_hearing__of_a_decided_case_says_so_where_it_saves_by_itself(kodaira, nurse):
    answer = Desk(nurse, handed_in(kodaira, status="approved")).send(
        "hearing", {"consent": "on"}, **{"HX-Request": "true"}
    )
    assert "もう決定されたか、取り下げられています。" in answer.content.decode()
