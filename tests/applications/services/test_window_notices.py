"""Told once, by mail, on the day from which she may apply; not after she has applied, taken it back, or had a loss."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from applications.models import WindowNotice
from applications.public import record_loss
from applications.services.window_notices import NothingToWaitFor, ask_notice, plan_window_notices, withdraw_notice
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.applications.apply.conftest import Applicant
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

DUE = dt.date(2026, 5, 10)
"""Applying opens on 2026-03-15, ten days after today."""
CHECK = {"due_year": "2026", "due_month": "5", "due_day": "10"}


def at(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, tzinfo=clock.TOKYO)


def told() -> list[str]:
    return list(Mail.objects.filter(kind="window_opened").values_list("to", flat=True))


@pytest.fixture
def notice(kodaira: Municipality, mother: Any) -> WindowNotice:
    return ask_notice(kodaira, DUE, by=mother, at=clock.now())


def test_notice__is_asked_from_the_check_seen_on_my_page_and_taken_back(kodaira: Municipality, mother: Any) -> None:
    client, address = Client(), "/kodaira/my/window-notice/"
    assert "メールで知らせてほしい" in client.post("/kodaira/check/", CHECK).content.decode()
    assert client.post("/kodaira/check/", {**CHECK, "tell": "1"})["Location"] == address
    assert "/accounts/login/" in client.get(address)["Location"], "she signs in on the way"
    client.force_login(mother)
    assert f"令和8年3月15日(日)に、{mother.email}へ一度だけメールを送ります。" in text(client.get(address))
    client.post(address)
    assert WindowNotice.objects.get().due_date == DUE
    assert "3月15日(日)にメールでお知らせします" in text(client.get("/kodaira/my/"))
    client.post(address, {"withdraw": "1"})
    assert not WindowNotice.objects.exists()
    assert client.get(address)["Location"] == "/kodaira/check/"


def test_notice__is_mailed_once_on_the_day_in_the_morning(notice: WindowNotice, mother: Any) -> None:
    for now in (at(14, 23), at(15, 8)):
        plan_window_notices(now)
        assert told() == []
    plan_window_notices(at(15))
    plan_window_notices(at(16))
    assert told() == [mother.email]
    letter = Mail.objects.get(kind="window_opened")
    assert not any(word in letter.subject + letter.text for word in ("予定日", "出産", "赤ちゃん", "妊娠"))


def test_notice__is_one_wish__for_the_due_date_named_last(
    notice: WindowNotice, kodaira: Municipality, mother: Any
) -> None:
    ask_notice(kodaira, DUE + dt.timedelta(days=7), by=mother, at=clock.now())
    assert WindowNotice.objects.get().tell_on == dt.date(2026, 3, 22)
    with pytest.raises(NothingToWaitFor):
        ask_notice(kodaira, dt.date(2026, 4, 1), by=mother, at=clock.now())


def test_notice__is_gone_when_she_applies_or_takes_it_back(
    notice: WindowNotice, kodaira: Municipality, mother: Any
) -> None:
    withdraw_notice(notice, by=mother, at=clock.now())
    withdraw_notice(notice, by=mother, at=clock.now())
    plan_window_notices(at(15))
    assert told() == []

    ask_notice(kodaira, DUE, by=mother, at=clock.now())
    applicant = Applicant(mother, "kodaira")
    applicant.fill_in()
    applicant.submit()
    assert applicant.application.submitted_at
    assert not WindowNotice.objects.exists()


def test_notice__after_a_loss_is_neither_sent_nor_seen(
    notice: WindowNotice, kodaira: Municipality, mother: Any
) -> None:
    birth = factories.BirthFactory(municipality=kodaira, household__citizen=mother)
    record_loss(birth, ended_on=dt.date(2026, 3, 1), by=mother, at=clock.now())
    plan_window_notices(at(15))
    assert told() == []
    client = Client()
    client.force_login(mother)
    assert "申請できる日のお知らせ" not in text(client.get("/kodaira/my/"))
