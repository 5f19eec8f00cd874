"""訂正 from the case page to her own page."""

from typing import Any

import pytest
from django.test import Client

from applications.forms.rectify import TOGETHER
from applications.models import Rectification
from applications.selectors.protection import HIDDEN
from applications.services.deciding import approve
from applications.services.protecting import protect
from applications.views.rectify import SAME
from postpartum_portal.shared import clock
from tests.cases import FULL_GRANT, heard

from .desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]


def boxes(desk: Desk) -> dict[str, object]:
    """What a browser would send back unchanged."""
    form = desk.client.get(f"{desk.url}rectify/").context["form"]
    sent: dict[str, object] = {}
    for field in form:
        value: Any = field.value()
        if hasattr(value, "_asdict"):
            sent |= {f"{field.html_name}_{part}": text for part, text in value._asdict().items()}
        else:
            sent[field.html_name] = value or ""
    return sent


def test_rectify__is_asked_for_a_reason_and_shown_to_both(application, nurse):
    desk = Desk(nurse, application)
    sent = {**boxes(desk), "name": "髙橋 﨑子"}
    assert "訂正の理由" in desk.send("rectify", sent).content.decode()
    assert not Rectification.objects.exists()

    page = desk.told("rectify", {**sent, "reason": "電話で本人に聞いた"})
    assert "訂正しました。" in page
    assert "渡辺 — 電話で本人に聞いた" in page
    mother = Client()
    mother.force_login(application.citizen)
    hers = mother.get(f"/kodaira/my/applications/{application.number}/").content.decode()
    assert "センターが直したところ" in hers
    assert "髙橋 﨑子" in hers


def test_rectify__takes_a_new_address_where_nobody_is_shown_the_old(application, nurse):
    """支援措置: what is typed is kept, told to nobody here, and not compared aloud with what stood."""
    household = application.birth.household
    old, new = household.address, "小平市見本町9-9-9"
    protect(household, reason="他市から転送", until=clock.today(), by=nurse, at=clock.now())
    desk = Desk(nurse, application)
    sent = {**boxes(desk), "reason": "転居届を見た"}
    assert (sent["postcode"], sent["address"]) == ("", "")
    assert old not in str(sent)
    assert TOGETHER.split("。")[0] in desk.send("rectify", {**sent, "address": new}).content.decode()
    assert SAME in desk.send("rectify", sent).content.decode()

    for typed in (new, new):  # the second time it stands already, which is not told
        page = desk.told("rectify", {**sent, "postcode": "187-0045", "address": typed})
        assert "訂正しました。" in page
        assert new not in page
        assert page.count(HIDDEN) > 2
    household.refresh_from_db()
    assert (household.postcode, household.address) == ("187-0045", new)
    mother = Client()
    mother.force_login(application.citizen)
    assert new in mother.get(f"/kodaira/my/applications/{application.number}/").content.decode()


def test_rectify__of_a_closed_case_leads_back(kodaira, nurse, application):
    type(application).objects.filter(pk=application.pk).update(status="withdrawn")
    desk = Desk(nurse, application)
    assert "いまは訂正できません。" in desk.client.get(f"{desk.url}rectify/", follow=True).content.decode()
    assert "訂正する</a>" not in desk.page()


def test_approved_case__says_what_stood_and_what_holds_of_a_day_put_right(kodaira, nurse, decider, all_tenants):
    """What was decided on stays as it was decided; the page says both."""
    approved = heard(kodaira, nurse)
    approve(approved, by=decider, at=clock.now(), **FULL_GRANT)
    desk = Desk(nurse, approved)
    assert "訂正前" not in desk.page()
    for year in ("1990", "1991"):
        sent = {**boxes(desk), "birth_date_year": year, "reason": "母子健康手帳を見た"}
        assert "訂正しました。" in desk.told("rectify", sent)
    [line] = (line["value"] for line in desk.client.get(desk.url).context["contents"] if line["term"] == "生年月日")
    assert line.startswith("訂正前 ")
    assert "→ 訂正後 平成3年" in line
