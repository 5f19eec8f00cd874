"""Stays that the centre arranges, as elsewhere than in Kodaira: a length in nights, and places of the facility."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.public import Entitlement
from eligibility.public import Municipality, ProgrammeVersion
from facilities.models import Booking, DayCapacity, Offering, Sounding, Wish
from facilities.selectors.soundings import with_wish
from facilities.services.arranging import arrange_sounded
from postpartum_portal.shared import clock
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


def test_centre__begins_with_what_she_said_of_siblings_and_allergies_and_sends_what_she_says_now(
    centre: Client, signed_in: Client, entitlement: Entitlement, stay: Offering
) -> None:
    day = {"day_1_year": "2026", "day_1_month": "3", "day_1_day": "11"}
    typed = {
        **day,
        "days": "3",
        "siblings": "yes",
        "allergies": "えび",
        "token": token(signed_in.get(NEW).content.decode()),
    }
    hers = signed_in.post(NEW, typed, follow=True).content.decode()
    assert "一緒に来ます" in hers
    assert "日程を相談する施設には名前なしで" in hers

    address = reverse("facilities:arrange", args=["kodaira", Wish.objects.get().pk])
    form = centre.get(address).context["form"]
    assert (form["siblings"].value(), form["allergies"].value()) == ("yes", "えび")
    chosen = {"offering": str(stay.pk), "day_year": "2026", "day_month": "3", "day_day": "11", "days": "3"}
    said = {
        "arrival": "10:00:00",
        "siblings": "no",
        "allergies": "えび、かに",
        "note": "",
        "token": form["token"].value(),
    }
    centre.post(address, {**chosen, **said, "send": "1"})

    with scopes_disabled():
        booking = Booking.objects.get()
    assert (booking.siblings, booking.allergies) == (False, "えび、かに")


def test_sounding__tells_the_facility_what_she_must_not_eat_as_long_as_it_may_become_a_booking(
    centre: Client, entitlement: Entitlement, stay: Offering, receptionist: Any, nurse: Any
) -> None:
    wish = wished(entitlement, service="short_stay", days=3, allergies="そば")
    address = reverse("facilities:sound", args=["kodaira", wish.pk])
    form, desk = centre.get(address).context["form"], Client()
    desk.force_login(receptionist)
    assert form["allergies"].value() == "そば"
    day = {"day_1_year": "2026", "day_1_month": "3", "day_1_day": "11"}
    by = {"answer_day_year": "2026", "answer_day_month": "3", "answer_day_day": "9", "answer_time": "17:00"}
    said = {"days": "3", "arrival": "10:00:00", "siblings": "no", "allergies": "そば、卵", "note": ""}
    centre.post(address, {"offerings_asked": str(stay.pk), **day, **by, **said, "token": form["token"].value()})

    inbox = desk.get("/facility/requests/").content.decode()
    assert "そば、卵" in inbox
    assert entitlement.birth.household.name not in inbox
    with scopes_disabled():
        (sounding,) = Sounding.objects.all()
    assert "そば、卵" in desk.get(f"/facility/soundings/{sounding.pk}/another/").content.decode()
    desk.post(f"/facility/soundings/{sounding.pk}/yes/", {"day": "2026-03-11"})
    with scopes_disabled():
        sounding = with_wish(Sounding.objects.all()).get()
        booking = arrange_sounded(sounding, stay, by=nurse, at=clock.now())

    assert booking.allergies == "そば、卵"
    listed = desk.get("/facility/requests/").content.decode()
    assert "この施設に決定" in listed
    assert "そば" not in listed.partition("受け入れの打診")[2]


def test_mother__cannot_book_it_herself(signed_in: Client, entitlement: Entitlement, stay: Offering) -> None:
    assert signed_in.get(reverse("facilities:book_dates", args=["kodaira", stay.pk])).status_code == 404
