"""逗子: from which day a child's age is counted can be settled anew after the approval."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import Birth, Entitlement
from applications.services.deciding import approve
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.cases import full_grant, heard
from tests.facilities.walking import Family

pytestmark = pytest.mark.django_db

REASON = "市長の判断による。"
EARLY: dict[str, Any] = {
    "birth__expected": False,
    "birth__born_on": dt.date(2026, 2, 10),
    "birth__due_date": dt.date(2026, 4, 10),
    "services": ["short_stay", "day_service", "home_visit"],
}


@pytest.fixture
def case(zushi: Municipality) -> tuple[Family, str, Client]:
    """Approved with the corrected age: usable until a year after the due date. Its number, and a decider's browser."""
    nurse = factories.MembershipFactory(municipality=zushi, role="centre").user
    application = heard(zushi, nurse, **EARLY)
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user
    with tenant(municipality=zushi.pk):
        approve(application, by=decider, at=clock.now(), **full_grant(zushi, corrected_age=True))
    with scopes_disabled():
        entitlement = Entitlement.objects.select_related("birth").get(birth=application.birth)
    browser = Client()
    browser.force_login(decider)
    return Family(zushi, entitlement, application.citizen), application.number, browser


def settle(browser: Client, number: str, answer: str, **said: str) -> str:
    address = f"/zushi/centre/cases/{number}/age/"
    return browser.post(address, {"corrected_age": answer, **said}, follow=True).content.decode()


def test_settle__marks_what_lies_outside_and_tells_her_once(
    case: tuple[Family, str, Client], zushi: Municipality, clock_at: Any
) -> None:
    household, number, browser = case
    clock_at.move_to("2027-01-15T10:00:00+09:00")
    household.books("day_service", "2027-03-10", at="umikaze-josanin", arrival="09:00:00")
    browser.force_login(factories.MembershipFactory(municipality=zushi, role="decider").user)
    assert "修正月齢(出産予定日から)</b>です" in browser.get(f"/zushi/centre/cases/{number}/").content.decode()

    for _ in range(2):
        page = settle(browser, number, "no", reason=REASON)

    assert "生まれた日から</b>です" in page
    assert REASON in page
    assert "生まれた日からで数えることにしました" in page
    booking = household.booked("2027-03-10")
    with scopes_disabled():
        birth = Birth.objects.get(pk=household.entitlement.birth_id)
        assert Event.objects.filter(verb="birth.age_settled").count() == 1
        assert Event.objects.get(verb="booking.left_outside").subject_id == booking.pk
    assert (birth.corrected_age, birth.age_reason) == (False, REASON)
    assert "使える期間の外になりました" in household.reads("booking", booking.number)
    told = Mail.objects.filter(to=household.mother.email, kind__in=["age_settled", "booking_outside"])
    assert sorted(mail.kind for mail in told) == ["age_settled", "booking_outside"]


def test_settle__needs_a_reason(case: tuple[Family, str, Client]) -> None:
    household, number, browser = case
    assert "理由を入力してください。" in settle(browser, number, "no", reason="")
    with scopes_disabled():
        assert Birth.objects.get(pk=household.entitlement.birth_id).corrected_age is True


def test_settle__is_for_deciders(case: tuple[Family, str, Client], zushi: Municipality) -> None:
    _, number, _ = case
    nurse = Client()
    nurse.force_login(factories.MembershipFactory(municipality=zushi, role="centre").user)
    assert nurse.post(f"/zushi/centre/cases/{number}/age/", {"corrected_age": "no"}).status_code == 404
    assert "月齢の数え方を変える" not in nurse.get(f"/zushi/centre/cases/{number}/").content.decode()


@pytest.mark.parametrize("due", [dt.date(2026, 2, 10), None])
def test_settle__where_nothing_is_open__changes_nothing(case: tuple[Family, str, Client], due: dt.date | None) -> None:
    household, number, browser = case
    with scopes_disabled():
        Birth.objects.filter(pk=household.entitlement.birth_id).update(due_date=due)

    assert "このお子さんの月齢の数え方は、決まっています。" in settle(browser, number, "no", reason=REASON)
    assert not Mail.objects.filter(kind="age_settled").exists()
