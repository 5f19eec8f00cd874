"""Whatever is sent to the case's addresses is answered in words."""

import pytest

from .desk import APPROVAL, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


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
