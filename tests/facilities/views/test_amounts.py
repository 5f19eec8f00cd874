"""公表されていない額: the centre sees what is open, and a decider enters it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import MunicipalAmount, Municipality
from facilities.models import Offering, OfferingAmount
from postpartum_portal.shared.tenancy import tenant
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants")]

LIST = "/kumagaya/centre/amounts/"
REDUCED = f"{LIST}reduction.reduced_stay/"


@pytest.fixture
def kumagaya(kodaira: Municipality) -> Municipality:
    """熊谷市: prices of its facilities are published, reductions and cancellation fees are not."""
    return Municipality.objects.get(slug="kumagaya")


@pytest.fixture
def boss(kumagaya: Municipality) -> Client:
    """A decider's browser."""
    return signed_in(kumagaya, "decider", display_name="田中")


@pytest.fixture
def day_use(kumagaya: Municipality) -> Offering:
    with tenant(municipality=kumagaya.pk):
        return Offering.objects.get(facility__code="samejima-bonding-clinic", service="day_service")


def signed_in(municipality: Municipality, role: str, **user: Any) -> Client:
    browser = Client()
    named = {f"user__{name}": value for name, value in user.items()}
    browser.force_login(factories.MembershipFactory(municipality=municipality, role=role, **named).user)
    return browser


def typed(amount: str = "2,500円", day: dt.date = dt.date(2026, 4, 1), **more: str) -> dict[str, str]:
    boxes = {"year": day.year, "month": day.month, "day": day.day}
    parts = {f"starts_on_{part}": str(number) for part, number in boxes.items()}
    return {"amount": amount, **parts, "household_class": "*", "note": "", **more}


def page(browser: Client, address: str = LIST) -> str:
    return browser.get(address).content.decode()


# the list


def test_list__shows_what_is_open_for_the_municipality_and_at_each_facility(boss: Client) -> None:
    shown = page(boss)
    assert "軽減後の額は、母子健康センターが決めます" in shown
    for name in ("平田クリニック", "さめじまボンディングクリニック", "中島助産院"):
        assert f"<h3>{name}</h3>" in shown
    assert "未入力" in shown
    assert "宿泊型の料金" not in shown, "the page publishes it"


def test_list__shows_a_published_price_with_its_sentence(boss: Client) -> None:
    shown = page(boss)
    assert "<b>3,000円</b> 1日" in shown
    assert "「通所型 個人負担金 1日 さめじまボンディングクリニック 3,000 円」" in shown


def test_list__says_who_entered_what_from_when(boss: Client) -> None:
    boss.post(REDUCED, typed(note="要綱の別表"))
    shown = page(boss)
    assert "<b>2,500円</b>" in shown
    assert "田中さんが" in shown
    assert "要綱の別表" in shown


def test_list__marks_a_sample_amount(boss: Client, kumagaya: Municipality) -> None:
    MunicipalAmount.objects.create(
        municipality=kumagaya,
        key="reduction.reduced_stay",
        amount=2500,
        sample=True,
        entered_at=dt.datetime(2026, 3, 5, tzinfo=dt.UTC),
    )
    assert "見本の額" in page(boss)


def test_list__of_a_programme_that_leaves_nothing_open__says_so(kodaira: Municipality) -> None:
    assert "公表されていない額はありません" in page(signed_in(kodaira, "decider"), "/kodaira/centre/amounts/")


def test_list__before_the_programme_begins__is_that_of_its_first_day(kodaira: Municipality) -> None:
    zushi = Municipality.objects.get(slug="zushi")
    browser = signed_in(zushi, "decider")
    shown = page(browser, "/zushi/centre/amounts/")
    assert "から始まるきまりの額です。" in shown
    assert shown.count("<h3>") == 12
    assert 'value="2026"' in page(browser, "/zushi/centre/amounts/reduction.reduced_stay/")


def test_list__without_any_programme__is_not_there(kodaira: Municipality) -> None:
    other = Municipality.objects.create(code="999999", slug="elsewhere", name="見本市")
    assert signed_in(other, "decider").get("/elsewhere/centre/amounts/").status_code == 404


@pytest.mark.parametrize("role", ["centre", "auditor"])
def test_list__is_read_by_all_of_the_centre_and_leads_only_deciders_on(kumagaya: Municipality, role: str) -> None:
    shown = page(signed_in(kumagaya, role))
    assert "入力は、決定者がします。" in shown
    assert REDUCED not in shown


# entering


def test_entering__takes_the_amount_from_its_day_on(boss: Client, kumagaya: Municipality) -> None:
    answer = boss.post(REDUCED, typed(household_class="tax_exempt"), follow=True)
    assert "額を入力しました" in answer.content.decode()
    row = MunicipalAmount.objects.get(municipality=kumagaya)
    assert (row.key, row.amount, row.starts_on) == ("reduction.reduced_stay", 2500, dt.date(2026, 4, 1))
    assert row.household_class == "tax_exempt"


def test_entering__for_one_facility_leaves_the_others(boss: Client, day_use: Offering) -> None:
    address = reverse("facilities:amount_at", args=["kumagaya", "day_service.late_fee", day_use.pk])
    assert "さめじまボンディングクリニック" in page(boss, address)
    boss.post(address, typed("1000"))
    row = OfferingAmount.objects.get(key="day_service.late_fee")
    assert (row.offering, row.amount, row.household_class, row.source) == (day_use, 1000, "", "")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": ""}, "額を入力してください。"),
        ({"amount": "二千"}, "0から999,999までの数字で入力してください。"),
        ({"amount": "-1"}, "0から999,999までの数字で入力してください。"),
        ({"starts_on_month": "13"}, "月"),
        ({"starts_on_year": "", "starts_on_month": "", "starts_on_day": ""}, "いつからを入力してください。"),
        ({"household_class": "rich"}, "区分を選び直してください。"),
    ],
)
def test_entering__says_what_is_wrong_and_keeps_the_rest(boss: Client, wrong: dict[str, str], told: str) -> None:
    shown = boss.post(REDUCED, typed() | wrong).content.decode()
    assert "1か所を直してください" in shown
    assert told in shown
    assert not MunicipalAmount.objects.exists()


def test_entering__from_a_past_day__is_refused_once_something_holds(boss: Client, day_use: Offering) -> None:
    address = reverse("facilities:amount_at", args=["kumagaya", "day_service.price", day_use.pk])
    shown = boss.post(address, typed("3500", dt.date(2026, 3, 4))).content.decode()
    assert "もう入力した額があるので、過ぎた日からは変えられません。" in shown
    assert OfferingAmount.objects.filter(offering=day_use, key="day_service.price").count() == 1


# who gets there


@pytest.mark.parametrize("address", [LIST, REDUCED])
def test_page__is_not_there_for_others(address: str, kumagaya: Municipality, kodaira: Municipality) -> None:
    citizen = Client()
    citizen.force_login(factories.UserFactory())
    elsewhere = signed_in(kodaira, "decider")
    for browser in (citizen, elsewhere):
        assert browser.get(address).status_code == 404
        assert browser.post(address, typed()).status_code == 404
    assert not MunicipalAmount.objects.exists()


@pytest.mark.parametrize("role", ["centre", "auditor"])
def test_entering__is_for_deciders(kumagaya: Municipality, role: str) -> None:
    browser = signed_in(kumagaya, role)
    assert browser.get(REDUCED).status_code == 404
    assert browser.post(REDUCED, typed()).status_code == 404
    assert not MunicipalAmount.objects.exists()


def test_amount__that_is_not_open__is_not_there(boss: Client, day_use: Offering) -> None:
    assert boss.get(f"{LIST}short_stay.price/").status_code == 404
    assert boss.get(f"{LIST}reduction.reduced_stay/{day_use.pk}/").status_code == 404
    assert boss.get(f"{LIST}short_stay.late_fee/{day_use.pk}/").status_code == 404


def test_amount__of_another_municipalitys_facility__is_not_there(boss: Client) -> None:
    foreign = Offering.objects.filter(service="day_service").exclude(facility__contracts__municipality__slug="kumagaya")
    assert boss.get(f"{LIST}day_service.late_fee/{foreign[0].pk}/").status_code == 404
