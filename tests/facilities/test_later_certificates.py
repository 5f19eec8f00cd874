"""A certificate that comes after the approval: handed in on her page, looked at by the centre, and prices follow it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from applications.models import Document, Entitlement, HouseholdClass
from eligibility.public import Municipality, programme_on
from facilities.services.amounts import enter_amount
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.applications.apply.posts import photo
from tests.cases import certificate, heard
from tests.facilities.walking import Family, desk, mails, sample_facilities
from tests.walks.person import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

BORN: dict[str, Any] = {
    "birth__expected": False,
    "birth__born_on": dt.date(2026, 4, 27),
    "birth__due_date": dt.date(2026, 4, 27),
}


def approved(municipality: Municipality, *, fiscal_year: int | None = None, kind: str = "") -> tuple[Family, str]:
    """A tax-exempt household that the centre has approved on its own page, and its application's number."""
    nurse = factories.MembershipFactory(municipality=municipality, role="centre").user
    wishes = [service.code for service in programme_on(municipality, clock.today()).terms.services]
    application = heard(municipality, nurse, household_class="tax_exempt", members=1, services=wishes, **BORN)
    if kind:
        handed_in = certificate(application, kind)
        with scopes_disabled():
            Document.objects.filter(pk=handed_in.pk).update(fiscal_year=fiscal_year)
    decider = Person(factories.MembershipFactory(municipality=municipality, role="decider").user)
    decider.opens(f"/{municipality.slug}/centre/cases/{application.number}/")
    decider.presses("承認して通知書を出す")
    decider.sees("決定しました")
    with scopes_disabled():
        entitlement = Entitlement.objects.select_related("birth__household").get(birth=application.birth)
    return Family(municipality, entitlement, application.citizen), application.number


@pytest.fixture
def in_may(clock_at: Any) -> None:
    clock_at.move_to("2026-05-20T10:00:00+09:00")


@pytest.fixture
def exempt(kawasaki: Municipality, in_may: None) -> tuple[Family, str]:
    """Approved in May with the certificate of fiscal 2025; a stay over the end of June is booked."""
    sample_facilities()
    household, number = approved(kawasaki, fiscal_year=2025, kind="tax_exemption_certificate")
    household.books("short_stay", "2026-06-30", days=2)
    return household, number


def hands_in(household: Family, name: str = "令和8年度.jpg", *, year: str = "2026", shade: int = 200) -> str:
    household.browser.force_login(household.mother)
    address = f"/{household.municipality.slug}/my/certificates/?year={year}"
    return household.browser.post(address, {"certificates": photo(name, shade=shade)}, follow=True).content.decode()


def colleague(municipality: Municipality, role: str = "centre") -> Client:
    browser = Client()
    browser.force_login(factories.MembershipFactory(municipality=municipality, role=role).user)
    return browser


def answers(browser: Client, household: Family, number: str, outcome: str, *, year: str = "2026", **said: str) -> Any:
    address = f"/{household.municipality.slug}/centre/cases/{number}/certificate/"
    return browser.post(address, {"fiscal_year": year, "outcome": outcome, **said}, follow=True)


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_w11__the_certificate_of_the_new_year__brings_the_price_down_and_is_told(
    exempt: tuple[Family, str], kawasaki: Municipality
) -> None:
    """W5, W11: 2,500 + 5,000 until the certificate of fiscal 2026 is accepted, then 2,500 + 2,500."""
    household, number = exempt
    nurse = colleague(kawasaki)
    assert household.price("2026-06-30") == 7500

    page = household.looks_at("short_stay", "2026-07-05", days=2)
    assert "令和8年度の非課税証明書" in page
    assert 'href="/kawasaki/my/certificates/">証明書を出す</a>' in page
    assert "令和8年度の非課税証明書を出す" in read(household.browser, "/kawasaki/my/")
    form = read(household.browser, "/kawasaki/my/certificates/")
    assert "令和8年7月1日(水)</time>からの利用に必要です。" in form
    changes = read(household.browser, "/kawasaki/my/changes/")
    assert "令和8年7月1日(水)</time>からの利用に必要です。" in changes
    assert 'href="/kawasaki/my/certificates/?year=2026">証明書を出す</a>' in changes

    sent = hands_in(household)
    assert "受け取りました" in sent
    assert '<h2 class="h3">令和8年度の非課税証明書</h2>' in sent
    assert household.price("2026-06-30") == 7500, "nobody has looked at it"
    assert "届いた証明書" in read(nurse, "/kawasaki/centre/")
    assert "届いた証明書を確かめる" in read(nurse, f"/kawasaki/centre/cases/{number}/")
    done = answers(nurse, household, number, "accept").content.decode()

    assert "令和8年度の非課税証明書を確かめました。" in done
    assert "あとから届いた証明書を確かめました" in done
    assert household.price("2026-06-30") == 5000
    assert "6月30日の宿泊型は、7,500円から5,000円になります。" in mails(household, "bookings_repriced")[0]
    assert len(mails(household, "certificate_accepted")) == 1
    assert "届いた証明書" not in read(nurse, "/kawasaki/centre/")
    assert "令和8年度の非課税証明書" not in household.looks_at("short_stay", "2026-07-05", days=2)


def test_a_class_that_begins_on_a_coming_day__takes_its_certificate_before_it(
    exempt: tuple[Family, str], kawasaki: Municipality
) -> None:
    household, number = exempt
    with scopes_disabled():
        own = household.entitlement.birth.household
        HouseholdClass.objects.filter(household=own).delete()
        rows = {"general": dt.date(2026, 4, 1), "tax_exempt": dt.date(2026, 7, 2)}
        row = {"municipality": kawasaki, "citizen": household.mother, "household": own}
        for code, first in rows.items():
            HouseholdClass.objects.create(**row, code=code, starts_on=first)
    household.books("short_stay", "2026-07-05", days=2)
    before = household.price("2026-07-05")

    household.browser.force_login(household.mother)
    assert "令和8年7月2日(木)</time>からの利用に必要です。" in read(household.browser, "/kawasaki/my/certificates/")
    hands_in(household)
    answers(colleague(kawasaki), household, number, "accept")

    with scopes_disabled():
        proved = HouseholdClass.objects.get(proof="tax_exemption_certificate")
    assert (proved.code, proved.starts_on, proved.fiscal_year) == ("tax_exempt", dt.date(2026, 7, 2), 2026)
    assert household.price("2026-07-05") < before
    assert "いま、ここから出す証明書はありません。" in read(household.browser, "/kawasaki/my/certificates/")


def test_accept__once_more__changes_and_tells_nothing(exempt: tuple[Family, str], kawasaki: Municipality) -> None:
    household, number = exempt
    hands_in(household)
    nurse = colleague(kawasaki)
    answers(nurse, household, number, "accept")

    again = answers(nurse, household, number, "accept").content.decode()

    assert "この証明書は、もう確かめたか、いまの区分では要りません。" in again
    with scopes_disabled():
        assert HouseholdClass.objects.filter(proof="tax_exemption_certificate", fiscal_year=2026).count() == 1
        assert Event.objects.filter(verb="certificate.accepted").count() == 1
    assert len(mails(household, "bookings_repriced")) == 1


def test_refuse__says_why_on_her_page_and_takes_another_one(exempt: tuple[Family, str], kawasaki: Municipality) -> None:
    household, number = exempt
    hands_in(household)
    nurse = colleague(kawasaki)

    missing = answers(nurse, household, number, "refuse").content.decode()
    assert "使えない理由を入力してください。" in missing
    assert not Mail.objects.filter(kind="certificate_refused").exists()
    answers(nurse, household, number, "refuse", reason="令和7年度のものでした。")

    page = read(household.browser, "/kawasaki/my/certificates/")
    assert "前に出していただいたものは使えませんでした" in page
    assert "令和7年度のものでした。" in page
    assert "令和7年度" not in mails(household, "certificate_refused")[0], "which paper it is stands on her page"
    assert household.price("2026-06-30") == 7500

    hands_in(household, shade=90)
    answers(nurse, household, number, "accept")
    assert household.price("2026-06-30") == 5000


@pytest.mark.parametrize("year", ["2025", "2031", "x"])
def test_hand_in__of_a_year_that_nothing_needs__is_the_one_that_is_missing(
    exempt: tuple[Family, str], year: str
) -> None:
    household, _ = exempt
    hands_in(household, year=year)
    with scopes_disabled():
        late = Document.objects.get(status=Document.Status.WAITING)
    assert late.fiscal_year == 2026


def test_page__where_nothing_is_missing__leads_to_the_phone(kawasaki: Municipality, in_may: None) -> None:
    browser = Client()
    browser.force_login(factories.UserFactory())
    assert "いま、ここから出す証明書はありません。" in read(browser, "/kawasaki/my/certificates/")


def test_answering__is_for_those_who_work_at_this_centre(
    exempt: tuple[Family, str], kawasaki: Municipality, kodaira: Municipality
) -> None:
    household, number = exempt
    hands_in(household)

    assert answers(colleague(kodaira), household, number, "accept").status_code == 404
    assert answers(household.browser, household, number, "accept").status_code == 404
    auditor = colleague(kawasaki, "auditor")
    assert "確かめた</button>" not in read(auditor, f"/kawasaki/centre/cases/{number}/")
    answers(auditor, household, number, "accept")
    assert "届いた証明書" not in read(colleague(kodaira), "/kodaira/centre/")
    assert household.price("2026-06-30") == 7500


def test_zushi__a_request_counts_for_uses_that_begin_after_it(zushi: Municipality, clock_at: Any) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    household, number = approved(zushi)
    with tenant(municipality=zushi.pk):
        decider = factories.MembershipFactory(municipality=zushi, role="decider").user
        for key, amount in (("reduction.reduced_day", 1000), ("reduction.reduced_stay", 2000)):
            enter_amount(zushi, key, amount=amount, starts_on=dt.date(2026, 4, 1), by=decider, at=clock.now())
    attended = household.books("day_service", "2026-06-05", arrival="09:00:00")
    household.books("short_stay", "2026-06-09", days=3, arrival="09:00:00")
    household.books("day_service", "2026-06-12", arrival="09:00:00")
    clock_at.move_to("2026-06-05T09:00:00+09:00")
    desk(attended).post(f"/facility/bookings/{attended.number}/arrived/")
    before = household.price("2026-06-09")

    clock_at.move_to("2026-06-10T10:00:00+09:00")
    hands_in(household, year="")
    clock_at.move_to("2026-06-11T10:00:00+09:00")
    answers(colleague(zushi), household, number, "accept", year="")

    assert household.price("2026-06-05") == 3500, "used before: not paid back"
    assert household.price("2026-06-09") == before, "begun before"
    assert household.price("2026-06-12") == 1000
    with scopes_disabled():
        assert HouseholdClass.objects.get(proof="reduction_request").starts_on == dt.date(2026, 6, 10)
