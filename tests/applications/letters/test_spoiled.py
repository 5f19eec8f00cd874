"""A spoiled letter: void with its number, and the one in its place; she sees both."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from applications.letters import issue
from applications.models import Letter
from applications.selectors.own_letters import own_letters
from applications.services.deciding import approve, refuse
from applications.services.voiding import NotReissuable, VoidAlready, reissue_letter, void_letter
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Mail
from postpartum_portal.shared.pdf import RenderedLetter
from tests.applications.deciding.test_refuse import REASON
from tests.cases import FULL_GRANT, heard
from tests.pages.reading import text
from tests.plugins.rights import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "media")]


@pytest.fixture(autouse=True)
def plain_pdf(monkeypatch):
    monkeypatch.setattr(issue, "render", lambda content: RenderedLetter(str(content).encode(), (), 1))


@pytest.fixture
def letter(kodaira, nurse, decider, mother):
    approve(heard(kodaira, nurse, household__citizen=mother), by=decider, at=clock.now(), **FULL_GRANT)
    while tasks.sweep():
        pass
    return Letter.objects.get()


def moved(letter: Letter) -> None:
    assert letter.household
    letter.household.name, letter.household.address = "髙橋 美咲子", "小平市小川町9-9-9"
    letter.household.save()


def test_reissue__voids_the_old_one_and_gives_the_next_number_to_the_same_decision(letter, decider, clock_at):
    clock_at.move_to("2026-04-02T09:00:00+09:00")  # of the next fiscal year
    new = reissue_letter(letter, reason="印刷がにじんだ", anew=False, by=decider, at=clock.now())
    while tasks.sweep():
        pass

    letter.refresh_from_db()
    new.refresh_from_db()
    assert (letter.status, letter.void_reason, letter.voided_by) == ("void", "印刷がにじんだ", decider)
    assert (new.status, new.number, new.replaces) == ("issued", 2, letter)
    assert (new.fiscal_year, new.kind, new.subject_id) == (letter.fiscal_year, letter.kind, letter.subject_id)
    assert {**new.snapshot, "number": ""} == {**letter.snapshot, "number": ""}
    assert Mail.objects.filter(kind="decision_ready").count() == 2
    assert Event.objects.filter(verb__in=["letter.voided", "letter.reissued"]).count() == 2


def test_reissue__anew__says_what_the_record_says_and_the_old_file_stays(letter, decider, media):
    before = (media / letter.storage_name).read_bytes()
    moved(letter)
    same = reissue_letter(letter, reason="氏名の字が違った", anew=False, by=decider, at=clock.now())
    anew = reissue_letter(same, reason="氏名の字が違った", anew=True, by=decider, at=clock.now())

    assert same.snapshot["recipient"]["name"] == "髙橋 美咲"
    assert anew.snapshot["recipient"] == {
        "name": "髙橋 美咲子",
        "postcode": "187-0043",
        "address": ("小平市小川町9-9-9",),
    }
    assert [*anew.snapshot["grants"]] == letter.snapshot["grants"]
    assert anew.snapshot["issued_on"] == letter.snapshot["issued_on"]
    assert (media / letter.storage_name).read_bytes() == before
    assert [row.number for row in Letter.objects.order_by("number")] == [1, 2, 3]
    assert Letter.objects.exclude(status="void").get() == anew


def test_reissue__of_a_refusal_keeps_its_reason(kodaira, nurse, decider):
    refuse(heard(kodaira, nurse, recommendation="refuse"), by=decider, at=clock.now(), reason=REASON)
    old = Letter.objects.get()
    new = reissue_letter(old, reason="書き損じ", anew=True, by=decider, at=clock.now())
    assert list(new.snapshot["reasons"]) == list(old.snapshot["reasons"])


def test_reissue__after_a_loss_speaks_of_no_child_or_is_not_done(letter, decider):
    birth = letter.household.births.get()
    birth.outcome, birth.ended_on = "lost", dt.date(2026, 3, 4)
    birth.save()
    new = reissue_letter(letter, reason="書き損じ", anew=False, by=decider, at=clock.now())
    assert "お子さま" in str(letter.snapshot)
    assert not [
        word
        for word in ("お子さま", "生まれ", "月齢")
        if word in str(new.snapshot["grants"] + new.snapshot["facts"][1:])
    ]

    with as_owner():
        Letter._base_manager.filter(pk=new.pk).update(kind=Letter.Kind.REFUSAL)
    new.refresh_from_db()
    with pytest.raises(NotReissuable):
        reissue_letter(new, reason="書き損じ", anew=False, by=decider, at=clock.now())
    new.refresh_from_db()
    assert new.status != "void"


def test_void__is_a_deciders_deed_done_once_and_never_one_ones_own_letter(letter, nurse, decider, mother):
    for somebody in (nurse, mother):
        with pytest.raises(PermissionDenied):
            void_letter(letter, reason="書き損じ", by=somebody, at=clock.now())
    void_letter(letter, reason="書き損じ", by=decider, at=clock.now())
    with pytest.raises(VoidAlready):
        void_letter(letter, reason="もう一度", by=decider, at=clock.now())
    letter.refresh_from_db()
    assert letter.void_reason == "書き損じ"


def test_two_live_letters__of_one_decision_cannot_be(letter):
    twin = Letter.objects.get(pk=letter.pk)
    twin.pk, twin.number = None, 2
    with pytest.raises(IntegrityError, match=r"one_live_letter|UNIQUE"), transaction.atomic():
        twin.save()


def test_she__sees_the_new_one_and_that_the_old_one_is_void(letter, decider, mother, kodaira):
    client = Client()
    client.force_login(mother)
    old = reverse("applications:letter", args=["kodaira", letter.pk])
    assert client.get(old).status_code == 200
    new = reissue_letter(letter, reason="住所が違っていた", anew=False, by=decider, at=clock.now())
    while tasks.sweep():
        pass

    page = text(client.get(reverse("applications:letters", args=["kodaira"])))
    assert f"{letter.label}この手紙は無効です。住所が違っていた代わりの手紙は{new.label}です。" in page
    assert client.get(old).status_code == 404
    assert [own.void for own in own_letters(on=clock.today())] == [False, True]
    assert own_letters(on=clock.today())[0].review is None  # nobody has opened the new one
