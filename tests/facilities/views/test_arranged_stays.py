"""Stays that the centre arranges, as elsewhere than in Kodaira: a length in nights, and places of the facility."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.public import Entitlement
from eligibility.public import Municipality, ProgrammeVersion
from facilities.models import Booking, DayCapacity, Offering, Wish
from postpartum_portal.shared.models import Mail
from tests.facilities.arranging import wished

pytestmark = pytest.mark.django_db

NEW = "/kodaira/my/wishes/new/short_stay/"


@pytest.fixture(autouse=True)
def _centre_arranges_stays(kodaira: Municipality) -> None:
    version = ProgrammeVersion.objects.get(municipality=kodaira)
    text = version.text.replace("arranged_by: facility", "arranged_by: centre", 1)
    ProgrammeVersion.objects.filter(pk=version.pk).update(text=text)


@pytest.fixture
def centre(nurse: Any) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


def token(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def test_mother__wishes_for_a_length(signed_in: Client, entitlement: Entitlement) -> None:
    page = signed_in.get(NEW).content.decode()
    assert "到着する日を入力してください。" in page
    assert "予防接種" not in page

    typed = {"day_1_year": "2026", "day_1_month": "3", "day_1_day": "11", "days": "3", "token": token(page)}
    page = signed_in.post(NEW, typed, follow=True).content.decode()

    assert "から2泊3日" in page
    assert Wish.objects.get().days == 3


def test_centre__asks_a_facility_that_has_places(
    centre: Client, signed_in: Client, entitlement: Entitlement, stay: Offering
) -> None:
    wish = wished(entitlement, service="short_stay", days=3)
    address = reverse("facilities:arrange", args=["kodaira", wish.pk])
    page = centre.get(address).content.decode()
    assert '<option value="3" selected>2泊3日' in page
    chosen = {
        "offering": str(stay.pk),
        "day_year": "2026",
        "day_month": "3",
        "day_day": "11",
        "days": "3",
        "arrival": "10:00:00",
        "note": "",
        "token": token(page),
    }

    full = DayCapacity.objects.filter(place="short_stay", day=dt.date(2026, 3, 12))
    full.update(used=2)
    for send in ({}, {"send": "1"}):
        answer = centre.post(address, {**chosen, **send}).content.decode()
        assert "空きのない日があります。" in answer
        assert "この日程で依頼する" not in answer

    full.update(used=0)
    answer = centre.post(address, chosen).content.decode()
    for words in ("3月11日(水)〜13日(金) 2泊3日", "10,000円", "3月10日(火) 16:00 より前"):
        assert words in answer
    centre.post(address, {**chosen, "send": "1"})

    with scopes_disabled():
        booking = Booking.objects.get()
    assert (booking.units["stay_nights"], booking.hours, booking.place) == (2, None, "short_stay")
    assert "日数が戻ります" in Mail.objects.get(kind="booking_requested").text
    page = signed_in.get(f"/kodaira/my/bookings/{booking.number}/").content.decode()
    assert "センターが日程を依頼しました" in page
    assert "施設が確かめて" in page


def test_mother__cannot_book_it_herself(signed_in: Client, entitlement: Entitlement, stay: Offering) -> None:
    assert signed_in.get(reverse("facilities:book_dates", args=["kodaira", stay.pk])).status_code == 404
