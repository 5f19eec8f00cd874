"""A booking that the desk enters for whoever reads out her coupon: first what it means, then the deed."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Coupon
from eligibility.public import Municipality
from facilities.models import Booking, Hold
from facilities.services.integrity import check
from facilities.services.phoning import book_for
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.moves import TEN
from tests.facilities.test_coupons import FORBIDDEN, code_of, household, reception  # noqa: F401
from tests.facilities.walking import Family, offering
from tests.pages.reading import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]

CLINIC = "maruyama-sanfujinka"


def said(town: Municipality, service: str = "short_stay", first: str = "2026-06-10", **more: Any) -> dict[str, Any]:
    year, month, day = first.split("-")
    days = {"first_day_year": year, "first_day_month": month, "first_day_day": day, "nights": "1"}
    chosen = {"offering": offering(town, service, CLINIC).pk, "token": "a" * 22, "allergies": "えび"}
    return {**days, **chosen, "arrival": "10:00", **more}


def shown_in(page: str) -> str:
    return page.partition('name="shown" value="')[2].partition('"')[0]


def test_desk__is_shown_what_it_means_and_books_once(household: Family) -> None:  # noqa: F811
    town, desk = household.municipality, reception(household.municipality)
    where = reverse("facility:phone_booking", args=[code_of(household)])
    assert "予約を入れる" in text(desk.get(reverse("facility:coupon", args=[code_of(household)])))

    page = desk.post(where, said(town)).content.decode()
    assert "受け取る額" in text(page)
    assert "→" in text(page)
    assert 'class="clock"' in page  # until when it is free
    assert household.live() == []

    for _ in range(2):
        booked = desk.post(where, said(town, confirm="1", shown=shown_in(page)), follow=True)
    (booking,) = household.live()
    assert "予約が決まりました。控えをお母さんにメールで送りました。" in text(booked)
    assert (booking.status, booking.allergies, booking.citizen) == ("confirmed", "えび", household.mother)
    with scopes_disabled():
        assert (Hold.objects.get().status, check()) == ("entered", [])
        (event,) = Event.objects.filter(verb="coupon.booked")
        assert event.actor_id == Hold.objects.get().made_by_id
    told = Mail.objects.get(kind="booking_confirmed")
    assert told.to == household.mother.email
    assert "えび" not in told.text
    assert not [word for word in FORBIDDEN if word in page]


def test_desk__that_did_not_read_what_it_means_now__books_nothing(household: Family) -> None:  # noqa: F811
    town, desk = household.municipality, reception(household.municipality)
    where = reverse("facility:phone_booking", args=[code_of(household)])
    seen = shown_in(desk.post(where, said(town)).content.decode())

    page = text(desk.post(where, said(town, first="2026-06-17", confirm="1", shown=seen)))

    assert "内容が変わりました" in page
    assert household.live() == []


def test_desk__hears_in_general_of_her_booking_elsewhere(household: Family) -> None:  # noqa: F811
    household.books("day_service", "2026-06-11", at="umikaze-josanin", arrival="09:00:00")
    where = reverse("facility:phone_booking", args=[code_of(household)])

    page = text(reception(household.municipality).post(where, said(household.municipality)))

    assert "この方は、この日は予約できません。" in page
    assert "この内容で予約を入れる" not in page


@pytest.mark.parametrize(
    ("facility", "day", "reason"),
    [("kamome-josanin", "2026-10-05", "生後4か月未満"), ("umikaze-josanin", "2027-06-05", "生後1年未満")],
)
def test_desk__hears_which_age_refuses_a_day_and_not_which_day_is_the_last(
    facility: str,
    day: str,
    reason: str,
    household: Family,  # noqa: F811
) -> None:
    at = offering(household.municipality, "day_service", facility)
    where = reverse("facility:phone_booking", args=[code_of(household)])
    asked = said(household.municipality, "day_service", day, offering=at.pk)

    page = text(reception(household.municipality, facility).post(where, asked))

    assert f"この方が使える期間の外です({reason})。" in page
    assert "この内容で予約を入れる" not in page
    assert not [word for word in ("8月31日", "4月30日", *FORBIDDEN[:-1]) if word in page]


def test_coupon__opens_no_booking_elsewhere_and_nobody_enters_her_own(
    household: Family,  # noqa: F811
    kodaira: Municipality,
) -> None:
    code = code_of(household)
    stranger = reception(kodaira, "jun-ladies-clinic-kodaira")
    assert stranger.get(reverse("facility:phone_booking", args=[code])).status_code == 404

    at = offering(household.municipality, "short_stay", CLINIC)
    factories.StaffMembershipFactory(facility=at.facility, user=household.mother)
    with scopes_disabled(), pytest.raises(PermissionDenied):
        book_for(
            Coupon.objects.get(code=code),
            at,
            first_day=dt.date(2026, 6, 10),
            last_day=dt.date(2026, 6, 11),
            arrival=TEN,
            note="",
            form_token="own",
            by=household.mother,
            at=clock.now(),
        )
    with scopes_disabled():
        assert not Booking.objects.exists()
        assert not Hold.objects.exists()
