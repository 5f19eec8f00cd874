"""職員メモ: for colleagues alone, struck out with a reason and never edited."""

import pytest
from django.test import Client

from applications.models import CaseNote, Letter
from applications.services.deciding import approve
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.cases import FULL_GRANT, again

from .desk import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
SECRET = "夫に住所を知られたくない"


def test_note__is_read_by_colleagues_and_by_nobody_else(waiting, nurse, decider):
    Desk(nurse, waiting).send("note", {"text": SECRET})
    assert SECRET in Desk(decider, waiting).page()
    approve(again(waiting), by=decider, at=clock.now(), **FULL_GRANT)

    mother = Client()
    mother.force_login(waiting.citizen)
    for path in ("my/", f"my/applications/{waiting.number}/", "my/access/", "my/messages/"):
        assert SECRET not in mother.get(f"/kodaira/{path}").content.decode()
    assert SECRET not in str(list(Letter.objects.values_list("snapshot", flat=True)))
    assert SECRET not in str([event.data for event in Event.objects.all()]) + str(list(Mail.objects.values()))


def test_note__is_struck_out_with_a_reason_and_stays(waiting, nurse, decider):
    desk = Desk(nurse, waiting)
    desk.send("note", {"text": "電話は夕方に"})
    note = CaseNote.objects.get()
    assert "か所を直してください" in desk.send("note/strike", {"note": note.pk, "reason": ""}).content.decode()
    desk.send("note/strike", {"note": note.pk, "reason": "別の方のメモ"})
    page = Desk(decider, waiting).page()
    assert "<del>電話は夕方に</del>" in page
    assert "渡辺" in page.partition("<del>")[2].partition("別の方のメモ")[0]
    assert "もう線が引かれています" in desk.told("note/strike", {"note": note.pk, "reason": "もう一度"})
    assert "メモを消す" not in page
    assert "もう線が引かれています" in desk.told("note/strike", {"note": "9" * 5_000, "reason": "数が長すぎる"})


def test_note__is_neither_for_auditors_nor_for_her_own_case(kodaira, waiting, nurse):
    auditor = factories.MembershipFactory(municipality=kodaira, role="auditor").user
    assert Desk(auditor, waiting).send("note", {"text": "x"}).status_code == 404
    assert "メモを書く" not in Desk(auditor, waiting).page()
    assert not CaseNote.objects.exists()
