"""After a loss no page that a mother books on speaks of a child, in any of the five municipalities."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from eligibility.engine.bereaved import OF_CHILDREN
from tests.facilities.walking import Family, family, kept, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

LOST = {"outcome": "lost", "born_on": None, "due_date": dt.date(2026, 7, 1), "ended_on": dt.date(2026, 5, 20)}
ALL = ("kodaira", "kumagaya", "kawasaki", "zushi", "okayama")


@pytest.fixture
def bereaved(request: Any, in_june: None) -> Family:
    municipality = request.getfixturevalue(request.param)
    sample_facilities()
    return family(municipality, **LOST)


def said_of_children(page: str) -> list[str]:
    """The lines of a page, without those that every page of the municipality ends with, that speak of a child."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    lines = re.sub(r"<[^>]+>", "\n", unescape(main[0])).splitlines()
    return [line.strip() for line in lines if OF_CHILDREN.search(line)]


@pytest.mark.parametrize("bereaved", ALL, indirect=True)
def test_pages__speak_of_no_child(bereaved: Family) -> None:
    found = {"book": said_of_children(bereaved.reads("book")), "bookings": said_of_children(bereaved.reads("bookings"))}
    bereaved.browser.force_login(bereaved.mother)
    slug = bereaved.municipality.slug
    found["my_page"] = said_of_children(bereaved.browser.get(reverse("pages:my_page", args=[slug])).content.decode())
    book = bereaved.reads("book")
    for address in dict.fromkeys(re.findall(r'href="(/[^"]*/(?:book|wishes)/[^"#]*)"', book)):
        answer = bereaved.browser.get(address, {"day": "2026-06-10"})
        found[address] = said_of_children(answer.content.decode()) if answer.status_code == 200 else [str(answer)]
    assert not any(found.values()), found


@pytest.mark.parametrize(
    ("bereaved", "service", "sent"),
    [
        ("kodaira", "day_service", {"arrival": "10:00:00"}),
        ("zushi", "home_visit", {"arrival": "10:00:00"}),
        ("okayama", "short_stay", {"provisional": "on"}),
    ],
    indirect=["bereaved"],
)
def test_a_booking__speaks_of_no_child(bereaved: Family, service: str, sent: dict[str, str]) -> None:
    booking = bereaved.books(service, "2026-06-10", days=2 if service == "short_stay" else 1, **sent)

    for view in ("booking", "cancel", "move", "unwell"):
        assert said_of_children(bereaved.reads(view, booking.number)) == []


@pytest.mark.parametrize("bereaved", ["zushi"], indirect=True)
def test_a_booking_that_is_closed_to_her__is_cancelled_free_after_any_deadline(clock_at: Any, bereaved: Family) -> None:
    birth = bereaved.entitlement.birth
    stands(birth, "born", ended_on=None, born_on=dt.date(2026, 5, 1))
    booking = bereaved.books("day_service", "2026-06-10", arrival="10:00:00")
    stands(birth, "lost", ended_on=dt.date(2026, 5, 20))
    clock_at.move_to("2026-06-10T08:00:00+09:00")

    assert "お使いいただけなくなりました" in bereaved.reads("booking", booking.number)
    assert said_of_children(bereaved.reads("cancel", booking.number)) == []
    bereaved.cancels(booking, "in_time")
    assert kept(bereaved)[0] == "cancelled_in_time"


@pytest.mark.parametrize("bereaved", ["kodaira"], indirect=True)
def test_a_booking_about_which_the_centre_is_asked__has_no_deadline_and_no_fee(clock_at: Any, bereaved: Family) -> None:
    birth = bereaved.entitlement.birth
    stands(birth, "born", ended_on=None, born_on=dt.date(2026, 5, 1))
    booking = bereaved.books("day_service", "2026-06-10", arrival="10:00:00", note="双子です")
    assert "双子です" in bereaved.reads("booking", booking.number)
    stands(birth, "lost", ended_on=dt.date(2026, 5, 20))
    clock_at.move_to("2026-06-10T08:00:00+09:00")

    page = bereaved.reads("booking", booking.number)
    assert "いそいで決めなくて大丈夫です" in page
    for words in ("取り消しの期限", "双子です"):
        assert words not in page
    page = bereaved.reads("cancel", booking.number)
    assert "この予約の取り消しのきまりは公表されていません。センターにお問い合わせください。" in page
    bereaved.cancels(booking, "in_time")
    status, counted, *_ = kept(bereaved)
    assert (status, sum(counted.values())) == ("cancelled_in_time", 0)


def stands(birth: Any, outcome: str, **dates: dt.date | None) -> None:
    with scopes_disabled():
        type(birth).objects.filter(pk=birth.pk).update(outcome=outcome, **dates)
