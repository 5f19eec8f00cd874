"""Recording the birth on screen."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Birth, Grant
from eligibility.public import Municipality
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESS = "/kodaira/my/birth/"
MARCH_3 = {"born_on_year": "R8", "born_on_month": "3", "born_on_day": "3", "children": "1"}


@pytest.fixture
def browser(kodaira: Municipality, mother: Any) -> Client:
    """Of a mother who was granted everything for a child awaited on 4月30日."""
    factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother, birth__expected=True)
    client = Client()
    client.force_login(mother)
    return client


def send(browser: Client, **changes: str) -> str:
    response = browser.post(ADDRESS, {**MARCH_3, **changes}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_birth__once_recorded__shows_what_moved_and_leads_to_booking(browser: Client) -> None:
    page = send(browser)

    assert "令和8年8月29日(土)</time>まで</s>" in page
    assert '<b><time datetime="2026-07-02">令和8年7月2日(木)</time>まで</b>' in page
    assert "3月3日から4か月 → 7月3日の前日" in page
    assert reverse("facilities:book", args=["kodaira"]) in page


def test_birth__looked_at_again__shows_the_period_only(browser: Client) -> None:
    send(browser)

    page = browser.get(ADDRESS).content.decode()

    assert "<s " not in page
    assert "7月2日(木)" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"born_on_day": "6"}, "まだ来ていない日です。"),
        ({"born_on_month": "2", "born_on_day": "30"}, "2月は28日までです"),
        ({"born_on_year": "2025"}, "出産予定日(令和8年4月30日)と離れています。"),
        ({"children": "0"}, "1から9までの数字で入力してください。"),
        ({"born_on_day": "\x00"}, "1から31までの数字"),
    ],
)
def test_birth__with_a_day_that_cannot_be__says_what_to_do(
    browser: Client, changes: dict[str, str], sentence: str, all_tenants: None
) -> None:
    page = send(browser, **changes)

    assert sentence in page
    assert Birth.objects.get().born_on is None


def test_birth__of_nobody_who_applied__leads_to_her_page(kodaira: Municipality) -> None:
    client = Client()
    client.force_login(factories.UserFactory())

    assert client.get(ADDRESS).headers["Location"] == reverse("pages:my_page", args=["kodaira"])


def test_birth__tells_of_what_was_granted_only(kodaira: Municipality, mother: Any, browser: Client) -> None:
    with scopes_disabled():
        Grant.objects.update(services=["short_stay"])

    page = send(browser)

    assert "宿泊型" in page
    assert "助産師の訪問" not in page


def test_birth__put_right__shows_the_period_before_by_the_age_that_was_allowed(zushi: Municipality) -> None:
    born = {"born_on": dt.date(2026, 3, 1), "due_date": dt.date(2026, 4, 5), "corrected_age": True}
    birth = factories.BirthFactory(municipality=zushi, **born)
    client = Client()
    client.force_login(birth.citizen)

    page = client.post("/zushi/my/birth/", {**MARCH_3, "born_on_day": "2"}, follow=True).content.decode()

    assert "4月4日(日)" in page
    assert "<s " not in page, "counted from the due date before and after"


def test_birth__of_twins_born_early__tells_the_units_and_the_corrected_age(kawasaki: Municipality) -> None:
    """7回 → 14回; born at 32 weeks, counted from the day that was awaited."""
    birth = factories.EntitlementFactory(municipality=kawasaki, birth__expected=True).birth
    client = Client()
    client.force_login(birth.citizen)

    page = client.post("/kawasaki/my/birth/", {**MARCH_3, "children": "2"}, follow=True).content.decode()

    assert '<s class="mute">7回</s> → <b>14回</b>' in page
    assert "修正月齢で数えます。" in page
