"""A facility learns what it needs to care for somebody, and nothing of why or for how much less she is there."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models import Application, Hearing
from facilities.facility_urls import urlpatterns
from facilities.models import Booking
from facilities.selectors.guests import GuestCard, with_rows
from facilities.services.answering import decline
from facilities.services.attending import attend, no_show, preview_no_show
from facilities.services.cancelling import cancel
from facilities.services.reading import read_cards
from facilities.services.shown import Shown
from postpartum_portal.shared import clock
from tests.facilities.shown import FREE
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = pytest.mark.django_db

SECRET = "ひみつ"
IN_WORDS = [SECRET, "999-9999", "090-9999-9999", "1994", "平成6年"]
SECRETS = [*IN_WORDS, "@example.jp", "tax_exempt", "general", "class"]
CLASSES_AND_REASONS = ["免除", "非課税", "証明書", "生活保護", "一般", "不安"]
FULL_PRICES = ["10,000円", "2,000円"]
"""Told only where the line 市の負担 stands beside them."""
TOLD = [
    "髙橋 美咲",
    "たかはし みさき",
    "090-0000-0002",
    "1か月24日",
    "双子",
    "卵とえび",
    "一緒に来ます",
    "抱っこひも",
    "0円",
]
ON_THE_DAY = dt.datetime(2026, 3, 11, 16, 5, tzinfo=clock.TOKYO)


@pytest.fixture
def guests(book: Book, nurse: Any, receptionist: Any, clock_at: Any) -> list[Booking]:
    """Bookings in every state that staff can bring about, of households that pay nothing and told the centre a lot."""
    day = {"service": "day_service", "last": WEDNESDAY}
    friday = {"service": "day_service", "first": FRIDAY, "last": FRIDAY}
    asked, declined = (_guest(book, nurse, confirmed=False, **wish) for wish in ({}, friday))
    expected, came, absent, cancelled = (_guest(book, nurse, **wish) for wish in ({}, day, day, friday))
    with scopes_disabled():
        decline(declined, reason="この日は休みます。", by=receptionist, at=clock.now())
        clock_at.move_to(ON_THE_DAY)
        attend(came, by=receptionist, at=clock.now())
        no_show(absent, shown=Shown.of(preview_no_show(absent)), by=receptionist, at=clock.now())
        cancel(cancelled, contact_at=clock.now(), shown=FREE, by=receptionist, at=clock.now())
    return [asked, declined, expected, came, absent, cancelled]


def _guest(book: Book, nurse: Any, **wish: Any) -> Booking:
    booking = book(
        exempt=True,
        note="抱っこひもを使います",
        allergies="卵とえび",
        siblings=True,
        children=2,
        postcode="999-9999",
        address=f"{SECRET}町1-2-3",
        emergency_name=SECRET,
        emergency_relation=SECRET,
        emergency_phone="090-9999-9999",
        **wish,
    )
    with scopes_disabled():
        tenant = {"municipality": booking.municipality, "citizen": booking.citizen}
        application = Application.objects.create(
            birth=booking.entitlement.birth, answers={"circumstances": {"story": SECRET}}, **tenant
        )
        Hearing.objects.create(
            application=application, told={"unwell_or_anxious": True}, note=SECRET, by=nurse, **tenant
        )
    return booking


def pages(desk: Client, guests: list[Booking]) -> Iterator[str]:
    """Every page of the facility that can be looked at, and those that come back with something to put right."""
    of_a_page = {
        "day": WEDNESDAY,
        "month": WEDNESDAY.replace(day=1),
        "receipt": "R1",
        "code": "0" * 12,
        "pk": 0,
        "offering": 0,
        "key": "none",
        "kind": "none",
        "town": "kodaira",
        "which": "claim",
        "form": "csv",
    }  # which name nobody
    for pattern in urlpatterns:
        names = pattern.pattern.converters
        for booking in guests if "number" in names else guests[:1]:
            kwargs = {name: booking.number if name == "number" else of_a_page[name] for name in names}
            answer = desk.get(reverse(f"facility:{pattern.name}", kwargs=kwargs), follow=True)
            if answer.status_code == 200:
                yield answer.content.decode()
    asked, _, expected, *_ = guests
    yield desk.post(f"/facility/requests/{asked.number}/decline/", {"why": "other"}).content.decode()
    yield desk.post(f"/facility/bookings/{expected.number}/cancel/", {"time": "99:99"}).content.decode()
    yield desk.post("/facility/capacity/2026-03/", {"d": ["2026-03-12"], "place_short_stay": "0"}).content.decode()


def test_pages__show_what_is_needed_and_nothing_else(desk: Client, guests: list[Booking]) -> None:
    seen = list(pages(desk, guests))

    assert len(seen) > 20
    assert all(any(told in html for html in seen) for told in TOLD)
    addresses = [booking.citizen.email for booking in guests if booking.citizen]
    for forbidden in [*IN_WORDS, *addresses, *CLASSES_AND_REASONS]:
        assert not [html for html in seen if forbidden in html], forbidden
    assert not [html for html in seen if "市の負担" not in html for price in FULL_PRICES if price in html]


def test_cards__hold_what_is_needed_and_nothing_else(guests: list[Booking], receptionist: Any) -> None:
    with scopes_disabled():
        cards = read_cards(with_rows(Booking.objects.all()), by=receptionist, at=clock.now())

    told = repr(cards)
    assert all(word in told for word in [*TOLD[:5], "siblings=True"])
    assert not [word for word in [*SECRETS, *CLASSES_AND_REASONS, *FULL_PRICES] if word in told]
    assert {card.to_pay for card in cards} == {0}


def test_card__holds_no_row_from_which_a_template_could_follow_a_key(guests: list[Booking], receptionist: Any) -> None:
    with scopes_disabled():
        cards = read_cards(with_rows(Booking.objects.all()), by=receptionist, at=clock.now())

    values = [getattr(card, field.name) for card in cards for field in dataclasses.fields(GuestCard)]
    assert not [value for value in values if isinstance(value, Model)]
