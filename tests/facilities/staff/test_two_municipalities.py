"""A clinic under contract with two municipalities sees both; neither centre sees the other's bookings there."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import resolve

from facilities.models import Facility
from tests import factories
from tests.facilities.staff.two_towns import MARKS, bookings, signed_in
from tests.facilities.walking import Family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

PER_ROUTE = 2
"""Pages of one shape that a crawl opens: a list of thirty days says thirty times the same."""


def test_the_clinic__sees_both_on_its_day_its_requests_its_fees_and_each_booking(
    clinic_of_both: Facility, family_of_each: dict[str, Family]
) -> None:
    desk = signed_in(factories.StaffMembershipFactory(facility=clinic_of_both, manages=True).user)

    pages = ["/facility/days/2026-06-03/", "/facility/requests/", "/facility/owed/"]
    for page in pages:
        html = desk.get(page).content.decode()
        assert [mark in html for mark in MARKS.values()] == [True, True], page
    settings = desk.get("/facility/settings/").content.decode()
    assert "小平市の一覧" in settings
    assert "逗子市の一覧" in settings
    for booking in bookings(clinic_of_both):
        html = desk.get(f"/facility/bookings/{booking.number}/").content.decode()
        assert MARKS[booking.municipality.slug] in html


@pytest.mark.parametrize(("town", "other"), [("kodaira", "zushi"), ("zushi", "kodaira")])
def test_a_centre_and_the_public__see_nothing_of_the_other_s_bookings_there(
    town: str, other: str, clinic_of_both: Facility, family_of_each: dict[str, Family], request: pytest.FixtureRequest
) -> None:
    decider = factories.MembershipFactory(municipality=request.getfixturevalue(town), role="decider").user
    theirs = {booking.number for booking in bookings(clinic_of_both) if booking.municipality.slug == other}

    centre = signed_in(decider)
    inside = dict(crawled(centre, f"/{town}/centre/"))
    outside = dict(crawled(Client(), f"/{town}/"))

    assert len(inside) > 25
    assert any(MARKS[town] in html for html in inside.values())
    for address, html in {**inside, **outside}.items():
        assert MARKS[other] not in html, address
        assert not [number for number in theirs if number in html], address
    assert not [address for address, html in outside.items() if MARKS[town] in html]
    foreign = next(iter(theirs))
    assert centre.get(f"/{town}/centre/outcomes/{foreign}/").status_code == 404


def crawled(client: Client, start: str) -> Iterator[tuple[str, str]]:
    """Every page that links lead to from here, within the municipality; of one shape only a few."""
    town, seen, shapes, waiting = start.split("/")[1], {start}, Counter[str](), [start]
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code == 302:
            continue
        assert answer.status_code == 200, (address, answer.status_code)
        html = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
        yield address, html
        for link in re.findall(r'<a [^>]*href="([^"#]+)', html):
            path = link.replace("&amp;", "&")
            if path in seen or not path.startswith(f"/{town}/") or "/static/" in path:
                continue
            seen.add(path)
            route = resolve(path.partition("?")[0]).route
            shapes[route] += 1
            if shapes[route] <= PER_ROUTE:
                waiting.append(path)
