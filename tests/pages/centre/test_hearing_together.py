"""The hearing saves by itself: what two colleagues read of each other, and what is left when a session ends."""

import json

import pytest
from django.test import Client

from applications.models import Hearing, HearingEntry
from postpartum_portal.accounts.unsent import whose_page

from .desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
HTMX = {"HX-Request": "true"}


def opened(desk: Desk) -> dict[str, str]:
    """What the page that this colleague has open says of itself."""
    form = desk.client.get(desk.url).context["hearing_form"]
    return {"page": form["page"].value(), "stood": form["stood"].value()}


def test_two_colleagues__read_of_each_other_and_choose(application, nurse, decider):
    first, second = Desk(nurse, application), Desk(decider, application)
    at_first, at_second = opened(first), opened(second)
    assert json.loads(at_first["stood"]) == {}
    first.send("hearing", {**at_first, "note": "夜がつらい", "call_harm": "no"}, **HTMX)
    told = second.send("hearing", {**at_second, "note": "昼がつらい"}, **HTMX).content.decode()
    assert "渡辺さんが10:00に、「聞いたこと」に「夜がつらい」と書きました。" in told
    assert "保存しました 10:00" in told

    page = first.page()
    assert "2人が違う答えを書いています" in page
    assert "昼がつらい" in page
    entry = HearingEntry.objects.get(set_aside=True)
    assert "答えを選びました。" in first.told("hearing/choose", {"entry": entry.pk, "use": "yes"})
    assert (Hearing.objects.get().note, Hearing.objects.get().told["call_harm"]) == ("昼がつらい", False)
    assert "もう選ばれています" in second.told("hearing/choose", {"entry": entry.pk, "use": "no"})


def test_what_was_sent_after_the_session_ended__comes_back_after_the_sign_in(application, nurse):
    desk, client = Desk(nurse, application), Client()
    path = f"{desk.url}hearing/"
    client.post(path, {**opened(desk), "note": "夜がつらい", "whose": whose_page(nurse.pk)})
    assert not Hearing.objects.exists()
    client.force_login(nurse)
    assert "夜がつらい" in client.get(path).content.decode()


def test_draft_and_urgent__stand_where_it_is_decided(application, nurse, decider):
    answers = {"consent": "on", "call_harm": "unsure"}
    page = Desk(nurse, application).told("hearing", {**answers, "draft": "yes"})
    assert "【急ぐこと】" in Hearing.objects.get().grounds
    assert "申し送りの下書きをつくりました" in page
    grounds = Hearing.objects.get().grounds
    Desk(nurse, application).send("hearing", {**answers, "grounds": grounds, "recommendation": "approve"})
    page = Desk(decider, application).page().partition("2. 決める")[2]
    assert "急ぐこと: 消えてしまいたい" in page
    assert "【きまり】" in page


def test_vain_calls__are_counted_and_a_message_is_at_hand(application, nurse):
    desk = Desk(nurse, application)
    for _ in range(3):
        desk.send("call", {"reached": "no"})
    page = desk.page()
    assert "<b>3回</b>かけました。" in page
    assert "3回続けて電話に出ません。" in page
    assert "3月5日(木) 16:00(夕方)" in page
    form = desk.client.get(desk.url).context["call_message"]
    sent = {field.html_name: field.value() for field in form.hidden_fields()}
    assert "つながりませんでした" in desk.told("message", sent).partition("メッセージ")[2]
