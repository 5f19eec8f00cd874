"""閉庁日: entered by a decider, seen first, and counted from then on wherever working days are."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from applications.selectors.pace import pace_of
from eligibility.models import SettingChange
from eligibility.public import Municipality, ProgrammeVersion, Settings, programme_of, version_on
from postpartum_portal.accounts.models import User
from postpartum_portal.pages.centre.settings_closed_form import ClosedDaysForm
from postpartum_portal.shared import clock
from tests import factories
from tests.cases import handed_in
from tests.pages.centre.test_settings import checked, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]
PAGE = "/okayama/centre/office/settings/closed/"
CHRISTMAS = dt.datetime(2026, 12, 28, 10, tzinfo=clock.TOKYO)
NEW_YEAR = {
    "label": "年末年始",
    "first_year": "2026",
    "first_month": "12",
    "first_day": "29",
    "last_year": "2027",
    "last_month": "1",
    "last_day": "3",
    "yearly": "on",
    "reason": "休日を定める条例",
}


@pytest.fixture
def okayama(published: Any, clock_at: Any) -> Municipality:
    clock_at.move_to(CHRISTMAS)
    town: Municipality = published("okayama")
    return town


@pytest.fixture
def at_okayama(client: Client, okayama: Municipality) -> Client:
    member = factories.MembershipFactory(municipality=okayama, role="decider")
    return signed_in(client, member.user)


def ready_on(town: Municipality) -> dt.date | None:
    application = handed_in(town)
    terms = programme_of(version_on(town, clock.today())).terms
    return pace_of(application, clock.now(), terms, on=clock.today()).ready_on


def test_closed_days__are_seen_first_then_counted_and_can_be_taken_out(
    at_okayama: Client, okayama: Municipality
) -> None:
    assert ready_on(okayama) == dt.date(2026, 12, 30), "two working days, nothing closed"
    page = at_okayama.post(PAGE, {"act": "check", **NEW_YEAR}).content.decode()
    assert "毎年 12月29日から1月3日まで" in page
    assert "12月30日(水)" in page, "a working day that closes"
    assert "1月5日(火)" in page, "by when what is handed in today is decided"
    assert "取り消しの期限も" not in page, "here they count calendar days"
    assert okayama.closed_days == []

    at_okayama.post(PAGE, {"act": "save", "checked": checked(page)})
    okayama.refresh_from_db()
    assert ready_on(okayama) == dt.date(2027, 1, 5)
    assert "年末年始" in at_okayama.get(PAGE).content.decode()
    later = ProgrammeVersion.objects.create(municipality=okayama, file_name="x", text="x", sha256="x")
    assert later.closed_days == okayama.closed_days, "versions to come count them too"
    later.delete()

    page = at_okayama.post(PAGE, {"act": "check", "remove": "0", "reason": "間違い"}).content.decode()
    at_okayama.post(PAGE, {"act": "save", "checked": checked(page)})
    assert ready_on(okayama) == dt.date(2026, 12, 30)
    assert [(row.setting, bool(row.before), bool(row.after)) for row in SettingChange.objects.order_by("pk")] == [
        ("closed_days", False, True),
        ("closed_days", True, False),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "閉庁日の名前を"),
        ({"first_year": "", "first_month": "", "first_day": ""}, "初めの日を"),
        ({"last_year": "2026", "last_month": "12", "last_day": "1"}, "初めの日からあと"),
        ({"first_month": "1", "yearly": ""}, "過ぎた日"),
        ({"last_month": "6"}, "あわせて60日"),
    ],
)
def test_a_closed_day__that_cannot_be_meant_is_refused(typed: dict[str, str], sentence: str) -> None:
    standing = Settings.of(Municipality(closed_days=[]))
    form = ClosedDaysForm({**NEW_YEAR, **typed}, standing=standing, on=clock.day_of(CHRISTMAS))

    assert not form.is_valid()
    assert sentence in str(form.errors)


def test_other_municipalities__count_their_own(at_okayama: Client, published: Any, decider: User) -> None:
    page = at_okayama.post(PAGE, {"act": "check", **NEW_YEAR}).content.decode()
    at_okayama.post(PAGE, {"act": "save", "checked": checked(page)})
    elsewhere = version_on(published("zushi"), clock.today())
    assert programme_of(elsewhere).terms.office_days.entered == ()
    assert at_okayama.get(PAGE.replace("okayama", "zushi")).status_code == 404
