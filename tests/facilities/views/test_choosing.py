"""Which facility: those that can take her, the others with why they cannot, and how each is reached."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.public import Municipality
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(zushi: Municipality) -> Client:
    """Of a mother whose child is five months old on 2026-06-10."""
    family = {"birth__born_on": dt.date(2026, 1, 10), "birth__due_date": dt.date(2026, 1, 10)}
    made = factories.EntitlementFactory(municipality=zushi, **family)
    client = Client()
    assert made.citizen is not None
    client.force_login(made.citizen)
    return client


def sections(browser: Client, **asked: Any) -> dict[str, tuple[str, str]]:
    """Service → what stands before 「いまは使えない施設」, and behind it."""
    page = browser.get(reverse("facilities:book", args=["zushi"]), asked).content.decode()
    found = {}
    for part in page.split('aria-labelledby="s-')[1:]:
        code, _, rest = part.partition('"')
        usable, _, closed = rest.partition("</section>")[0].partition("<details")
        found[code] = (usable, closed)
    return found


def test_book__closes_what_cannot_take_her__with_the_reason(browser: Client) -> None:
    """Z6: on the tenth of June the child is five months old."""
    june = {"day_year": "2026", "day_month": "6", "day_day": "10"}

    usable, closed = sections(browser, **june)["day_service"]

    assert "うみかぜ助産院" in usable
    assert "k.kkuch@umikazejosarin.com" in usable, "one books by mail there"
    assert "かもめ助産院" not in usable
    assert "かもめ助産院" in closed
    assert "生後4か月未満のお子さんが対象です。6月10日には5か月です。" in closed
    assert "かもめ助産院" in sections(browser)["day_service"][0], "today it is three months old"


def test_book__narrows_by_what_she_asks(browser: Client) -> None:
    found = sections(browser, service="home_visit", area="鎌倉市内", by="phone")

    assert list(found) == ["home_visit"]
    usable, closed = found["home_visit"]
    assert "宮崎助産院" in usable
    assert "地域は逗子市です。" in closed
    assert "予約のしかたは公表されていません。" in closed, "of ひとしずく助産院 a digit is missing"
    assert "電話番号は1けた足りません" in sections(browser)["home_visit"][0], "what the list leaves open is told"


def test_book__what_is_wrong__is_said_and_the_rest_still_narrows(browser: Client) -> None:
    asked = {"day_year": "2026", "day_month": "13", "day_day": "1", "service": "home_visit", "by": "fax"}
    page = browser.get(reverse("facilities:book", args=["zushi"]), asked).content.decode()

    assert "2か所を直してください" in page
    assert "予約のしかたを選び直してください。" in page, "a value that no box has"
    assert "直すところをのぞいた条件で、出しています。" in page
    assert list(sections(browser, **asked)) == ["home_visit"]


def test_book__a_day_of_another_year__is_told_with_its_year(browser: Client) -> None:
    _, closed = sections(browser, day_year="2027", day_month="6", day_day="10")["day_service"]

    assert "令和9年6月10日には1歳5か月です。" in closed
