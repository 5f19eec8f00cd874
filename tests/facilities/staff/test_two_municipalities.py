"""A clinic under contract with two municipalities sees both; neither centre sees the other's bookings there."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import resolve
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility, Offering
from postpartum_portal.accounts.models import User
from tests import factories
from tests.facilities.walking import MAY_CHILD, Family, family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

MARKS = {"kodaira": "小平印の人", "zushi": "逗子印の人"}
STATES = ["requested", "confirmed", "no_show", "cancelled_late"]
PER_ROUTE = 2
"""Pages of one shape that a crawl opens: a list of thirty days says thirty times the same."""


@pytest.fixture
def shared(clinic: Facility, kodaira: Municipality, zushi: Municipality) -> Facility:
    """Kodaira's clinic, which Zushi has a contract with as well: one source of places."""
    with scopes_disabled():
        place = {"municipality": zushi, "facility": clinic}
        contract = Contract.objects.create(**place)
        Offering.objects.create(contract=contract, service="short_stay", place="short_stay", **place)
    return clinic


@pytest.fixture
def families(shared: Facility, kodaira: Municipality, zushi: Municipality) -> dict[str, Family]:
    """One of each municipality, under a name that stands nowhere else, with a booking in each state."""
    found = {}
    for town in (kodaira, zushi):
        home = family(town, **MAY_CHILD, household__name=MARKS[town.slug], household__kana="しるし")
        pools = {"stay": 2, "stay_and_day": 2, "stay_nights": 1} if town == kodaira else {"all": 2}
        for number, status in enumerate(STATES):
            first = dt.date(2026, 6, 1) + dt.timedelta(days=2 * number)
            factories.BookingFactory(
                municipality=town,
                facility=shared,
                entitlement=home.entitlement,
                service="short_stay",
                status=status,
                first_day=first,
                last_day=first + dt.timedelta(days=1),
                arrival=dt.time(10),
                units=pools,
                note=f"{MARKS[town.slug]}の希望",
                requested_at=dt.datetime(2026, 5, 20, tzinfo=dt.UTC),
                quote={"lines": [], "total": 5000, "reduced": False, "public": 0, "class": "", "version": 0},
                **_closed(status),
            )
        found[town.slug] = home
    return found


def test_the_clinic__sees_both_on_its_day_its_requests_its_fees_and_each_booking(
    shared: Facility, families: dict[str, Family]
) -> None:
    desk = signed_in(factories.StaffMembershipFactory(facility=shared, manages=True).user)

    pages = ["/facility/days/2026-06-03/", "/facility/requests/", "/facility/owed/"]
    for page in pages:
        html = desk.get(page).content.decode()
        assert [mark in html for mark in MARKS.values()] == [True, True], page
    settings = desk.get("/facility/settings/").content.decode()
    assert "小平市の一覧" in settings
    assert "逗子市の一覧" in settings
    for booking in bookings(shared):
        html = desk.get(f"/facility/bookings/{booking.number}/").content.decode()
        assert MARKS[booking.municipality.slug] in html


@pytest.mark.parametrize(("town", "other"), [("kodaira", "zushi"), ("zushi", "kodaira")])
def test_a_centre_and_the_public__see_nothing_of_the_other_s_bookings_there(
    town: str, other: str, shared: Facility, families: dict[str, Family], request: pytest.FixtureRequest
) -> None:
    decider = factories.MembershipFactory(municipality=request.getfixturevalue(town), role="decider").user
    theirs = {booking.number for booking in bookings(shared) if booking.municipality.slug == other}

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


def signed_in(user: User) -> Client:
    user.second_factor_required = True
    user.save()
    TOTP.activate(user, generate_totp_secret())
    client = Client()
    client.force_login(user)
    return client


def bookings(facility: Facility) -> list[Booking]:
    with scopes_disabled():
        return list(Booking.objects.filter(facility=facility).select_related("municipality"))


def _closed(status: str) -> dict[str, Any]:
    if status in Booking.LIVE:
        return {}
    at = dt.datetime(2026, 6, 1, 1, tzinfo=dt.UTC)
    consequence = {
        "kind": "late",
        "code": "cancel_deadline",
        "counted": {},
        "returned": {},
        "lines": [{"label": "キャンセル料", "arithmetic": "", "amount": 2000}],
        "total": 2000,
        "headline": "",
        "money_text": "2,000円がかかります。",
        "fact": "期限を過ぎています。",
        "source": "きまりの文",
    }
    contact = {"contact_at": at} if status == "cancelled_late" else {}
    return {"closed_at": at, "consequence": consequence, **contact}
