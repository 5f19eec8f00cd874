"""カレンダーに入れる: what stands in the file is what her page says, and it names nothing that others need not read."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from eligibility.public import Municipality
from facilities.models import Booking, Facility
from postpartum_portal.shared import clock
from tests import factories

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 3, 11)


@pytest.fixture
def read(mother: Any, kodaira: Municipality) -> Any:
    def events() -> dict[str, Any]:
        client = Client()
        client.force_login(mother)
        answer = client.get(reverse("pages:calendar", args=["kodaira"]))
        assert answer["Content-Type"].startswith("text/calendar")
        assert "attachment" in answer["Content-Disposition"]
        found = Calendar.from_ical(answer.content).walk("VEVENT")
        return {str(event["uid"]).partition("@")[0]: event for event in found}

    return events


@pytest.fixture
def entitlement(kodaira: Municipality, mother: Any) -> Any:
    return factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother)


def book(entitlement: Any, **changes: Any) -> Booking:
    return factories.BookingFactory(
        municipality=entitlement.municipality,
        entitlement=entitlement,
        first_day=FIRST,
        last_day=FIRST + dt.timedelta(days=2),
        arrival=dt.time(10, 30),
        note="卵のアレルギーがあります。",
        status=Booking.Status.CONFIRMED,
        quote={"lines": [], "total": 10000, "class": "general", "version": 1},
        **changes,
    )


def test_calendar__holds_her_stay_until_when_it_is_free_and_the_last_days(
    read: Any, entitlement: Any, clinic: Facility
) -> None:
    number = book(entitlement, facility=clinic).number

    events = read()

    stay, deadline = events[f"kodaira-booking-{number}"], events[f"kodaira-deadline-{number}"]
    assert stay.start.astimezone(clock.TOKYO) == dt.datetime(2026, 3, 11, 10, 30, tzinfo=clock.TOKYO)
    assert stay.end.astimezone(clock.TOKYO) == dt.datetime(2026, 3, 13, 16, tzinfo=clock.TOKYO)
    assert clinic.name in stay["location"]
    assert deadline.start.astimezone(clock.TOKYO) == dt.datetime(2026, 3, 10, 16, tzinfo=clock.TOKYO)
    assert {uid for uid in events if "-last-" in uid}
    assert all("アレルギー" not in event.to_ical().decode() for event in events.values())


def test_calendar__asked_for_twice__names_the_same_thing_alike(read: Any, entitlement: Any, clinic: Facility) -> None:
    book(entitlement, facility=clinic)
    assert read().keys() == read().keys()


def test_calendar__after_a_loss__keeps_the_booking_and_runs_no_clock(
    read: Any, entitlement: Any, clinic: Facility
) -> None:
    number = book(entitlement, facility=clinic).number
    birth = entitlement.birth
    birth.outcome, birth.ended_on, birth.born_on = "lost", birth.born_on, None
    birth.save()

    assert set(read()) == {f"kodaira-booking-{number}"}


def test_calendar__of_somebody_without_anything__is_empty(read: Any) -> None:
    assert read() == {}
