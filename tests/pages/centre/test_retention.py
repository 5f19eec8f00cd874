"""事務 › 保存期間と消去: years with a reason, what goes and what is held back, a mother forgotten by two people."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Application, Erasure, Household, Message
from eligibility.engine import Record
from facilities.models import Booking
from facilities.services.purging import purge
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.clients import enrolled, signed_in
from tests.erasing.a_life import Life, a_life, unsent_things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
HERE = "/kodaira/centre/office/retention/"


@pytest.fixture
def life(kodaira: Any, clinic: Any, media: Path) -> Life:
    life = a_life(kodaira, clinic)
    enrolled(life.decider)
    return life


def test_years__are_set_with_a_reason_and_told_as_unset_until_then(life: Life) -> None:
    browser = signed_in(life.decider)
    page = browser.get(HERE).content.decode()
    assert "年数の決まっていない記録があります" in page
    assert page.count("決まっていません(消去しません)") == len(Record)
    assert "年数の決まっていない記録は、消去していません" in browser.get("/kodaira/centre/office/").content.decode()

    checked = browser.post(f"{HERE}years/", {"message": "３年", "reason": "文書管理規程", "act": "check"})
    browser.post(f"{HERE}years/", {"checked": checked.context["token"], "act": "save"})

    life.town.refresh_from_db()
    assert life.town.retention == {"message": 3}
    assert "3年" in browser.get(HERE).content.decode()
    assert "3年" in browser.get("/kodaira/about/privacy/").content.decode()
    wrong = browser.post(f"{HERE}years/", {"letter": "0", "reason": "x", "act": "check"})
    assert "1から30まで" in wrong.content.decode()


def test_what_goes__is_listed_by_number_and_what_is_held_back_with_its_reason(life: Life, clock_at: Any) -> None:
    life.town.retention = {Record.MESSAGE: 1}
    life.town.save()
    clock_at.move_to("2028-03-31T10:00:00+09:00")
    page = signed_in(life.decider).get(HERE).content.decode()
    assert "今月中に消去するもの(1)" in page
    assert life.application.number in page
    Application.objects.filter(pk=life.application.pk).update(status="screening")
    assert "審査が終わっていない申請があります" in signed_in(life.decider).get(HERE).content.decode()


def test_an_erased_case__says_so_in_its_place(life: Life, clock_at: Any) -> None:
    life.town.retention = {Record.APPLICATION: 1}
    life.town.save()
    clock_at.move_to("2028-04-01T10:00:00+09:00")
    purge(life.town, at=clock.now())
    browser = signed_in(life.decider)
    page = browser.get(f"/kodaira/centre/cases/{life.application.number}/").content.decode()
    assert "消去しました" in page
    assert life.household.name not in page
    assert "承認した申請と決定</span><span>1件" in browser.get(HERE).content.decode()


def test_whose_demand__is_asked_before_anything_is_wrong(life: Life) -> None:
    browser = signed_in(life.decider)
    told = "受付番号を入力してください"
    assert told not in browser.get(f"{HERE}people/").content.decode()
    assert told in browser.get(f"{HERE}people/", {"number": ""}).content.decode()
    assert "この番号の申請は、ありません" in browser.get(f"{HERE}people/", {"number": "R8-9999"}).content.decode()


def test_a_mother__is_forgotten_by_two_people_and_not_by_one(life: Life, clock_at: Any) -> None:
    unsent_things(life)
    second = enrolled(factories.MembershipFactory(municipality=life.town, role="decider").user)
    Mail.objects.filter(to=life.mother.email).delete()
    first = signed_in(life.decider)
    assert life.household.name in first.get(f"{HERE}people/{life.household.pk}/").content.decode()
    first.post(f"{HERE}people/{life.household.pk}/", {"reason": "窓口で免許証を確認"})
    asked = Erasure.objects.get()
    Booking.objects.filter(pk=life.booking.pk).update(status="confirmed")
    third = a_demand_while_booked(life, first)
    assert "続いている手つづきがあります" in third
    Booking.objects.filter(pk=life.booking.pk).update(status="attended")
    assert first.post(f"{HERE}demands/{asked.pk}/", {"act": "confirm"}).status_code in (403, 404)
    asked.refresh_from_db()
    assert asked.confirmed_at is None

    signed_in(second).post(f"{HERE}demands/{asked.pk}/", {"act": "confirm"})
    while tasks.sweep():
        pass

    asked.refresh_from_db()
    assert asked.done_at
    assert not Application.objects.filter(status="draft").exists()
    mother = User.objects.get(pk=life.mother.pk)
    assert not mother.is_active
    assert life.mother.email not in mother.email
    assert Message.objects.exists(), "no time is set for messages: they are kept, and she is told so"
    assert Household.objects.get(pk=life.household.pk).name == life.household.name


def a_demand_while_booked(life: Life, browser: Any) -> str:
    Erasure.objects.filter(confirmed_at=None).update(withdrawn_at=clock.now())
    page: str = browser.get(f"{HERE}people/{life.household.pk}/").content.decode()
    browser.post(f"{HERE}people/{life.household.pk}/", {"reason": "窓口で免許証を確認"})
    assert not Erasure.objects.filter(withdrawn_at=None).exists(), "none is written while something goes on"
    Erasure.objects.update(withdrawn_at=None)
    return page


def test_a_mother__reads_what_is_kept_until_when(life: Life, clock_at: Any) -> None:
    life.town.retention = {Record.MESSAGE: 1}
    life.town.save()
    page = signed_in(life.mother).get("/kodaira/my/access/").content.decode()
    assert "いつまで残るか" in page
    assert "期間が決まっていません" in page
    with scopes_disabled():
        assert Household.objects.get(pk=life.household.pk).citizen_id == life.mother.pk
    assert dt.date(2026, 3, 5) == clock.today()
