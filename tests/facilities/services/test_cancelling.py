"""Cancelling: the instant of the contact decides, and only what was shown happens."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Pool
from applications.public import Entitlement, record_birth
from eligibility.engine import ConsequenceKind
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.public import ConsequenceChanged, ContactInFuture, Shown, cancel, confirm, preview, set_places
from facilities.services.cancelling import HasBegun
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.conftest import Ask
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db

LATE = Shown(ConsequenceKind.LATE, 0, (("stay", 3), ("stay_and_day", 3), ("stay_nights", 2)))
DEADLINE = dt.datetime(2026, 3, 10, 16, tzinfo=clock.TOKYO)
JUST_BEFORE = DEADLINE - dt.timedelta(milliseconds=1)


@pytest.fixture
def booked(ask: Ask, receptionist: Any) -> Booking:
    """Three days from 3月11日, confirmed."""
    return confirm(ask(), by=receptionist, at=clock.now())


def used() -> int:
    return Pool.objects.get(code="stay_and_day").used


def places() -> int:
    return DayCapacity.objects.filter(used__gt=0).count()


@pytest.mark.parametrize(("moment", "kind"), [(JUST_BEFORE, "in_time"), (DEADLINE, "late")])
def test_preview__turns_at_the_millisecond(booked: Booking, moment: dt.datetime, kind: str) -> None:
    assert preview(booked, contact_at=moment).kind == kind


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def zone_of_the_server(request: Any, monkeypatch: Any) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone_of_the_server")
def test_preview__turns_at_the_millisecond_in_whatever_zone_the_server_stands(booked: Booking, clock_at: Any) -> None:
    """The control is the server's own wall clock, by which the deadline would be hours off."""
    for moment, kind in ((JUST_BEFORE, "in_time"), (DEADLINE, "late")):
        clock_at.move_to(moment.astimezone(dt.UTC))  # a moment of a named zone would take the server there
        assert preview(booked, contact_at=clock.now()).kind == kind
        wall = dt.datetime.now().replace(tzinfo=clock.TOKYO)  # noqa: DTZ005, TID251  # the very mistake
        assert abs(wall - moment) >= dt.timedelta(hours=5)


def test_cancel__in_time__gives_units_and_places_back(booked: Booking, mother: Any) -> None:
    cancel(booked, contact_at=JUST_BEFORE, shown=FREE, by=mother, at=JUST_BEFORE)

    assert booked.status == Booking.Status.CANCELLED_IN_TIME
    assert (used(), places()) == (0, 0)


def test_cancel__late__counts_the_days_and_frees_the_places(booked: Booking, mother: Any) -> None:
    cancel(booked, contact_at=DEADLINE, shown=LATE, by=mother, at=DEADLINE)

    assert booked.status == Booking.Status.CANCELLED_LATE
    assert (used(), places()) == (3, 0)
    assert booked.consequence["counted"] == booked.units
    assert booked.consequence["total"] == 0
    receipt = Mail.objects.get(kind="booking_cancelled").text
    assert "3月10日(火) 16:00に、取り消しの連絡を受けました" in receipt
    assert "お金はかかりません" in receipt


def test_cancel__when_the_deadline_passed_since_it_was_shown__does_nothing(booked: Booking, mother: Any) -> None:
    with pytest.raises(ConsequenceChanged) as changed:
        cancel(booked, contact_at=DEADLINE, shown=FREE, by=mother, at=DEADLINE)

    assert changed.value.consequence.kind is ConsequenceKind.LATE
    assert Booking.objects.get(pk=booked.pk).status == Booking.Status.CONFIRMED
    assert used() == 3


def test_cancel__typed_in_later__counts_from_the_contact(booked: Booking, receptionist: Any) -> None:
    ten_past = DEADLINE + dt.timedelta(minutes=10)

    cancel(booked, contact_at=JUST_BEFORE, shown=FREE, by=receptionist, at=ten_past)

    assert (booked.contact_at, booked.closed_at) == (JUST_BEFORE, ten_past)
    assert used() == 0


def test_cancel__with_a_contact_to_come__is_refused(booked: Booking, receptionist: Any) -> None:
    with pytest.raises(ContactInFuture):
        cancel(booked, contact_at=DEADLINE, shown=LATE, by=receptionist, at=JUST_BEFORE)


def test_cancel__of_a_stay_that_has_begun__is_refused_and_a_call_before_it_is_not(
    booked: Booking, receptionist: Any, mother: Any
) -> None:
    """From 10:00 on she is there, or she is not: that is the facility's to record."""
    begins = dt.datetime(2026, 3, 11, 10, tzinfo=clock.TOKYO)
    for by in (mother, receptionist):
        with pytest.raises(HasBegun):
            cancel(booked, contact_at=begins, shown=LATE, by=by, at=begins)
    assert (used(), places()) == (3, 3)

    cancel(booked, contact_at=begins - dt.timedelta(seconds=1), shown=LATE, by=receptionist, at=begins)
    assert booked.status == Booking.Status.CANCELLED_LATE


def test_cancel__of_a_request_that_nobody_answered__has_never_begun(ask: Ask, mother: Any) -> None:
    at = dt.datetime(2026, 3, 11, 12, tzinfo=clock.TOKYO)
    assert cancel(ask(), contact_at=at, shown=FREE, by=mother, at=at).status == Booking.Status.CANCELLED_IN_TIME


def test_cancel__of_another_mothers_booking__is_denied(booked: Booking) -> None:
    with pytest.raises(PermissionDenied):
        cancel(booked, contact_at=clock.now(), shown=FREE, by=factories.UserFactory(), at=clock.now())


def test_cancel__of_a_request_without_answer__is_free_even_late(ask: Ask, mother: Any) -> None:
    request = ask()

    cancel(request, contact_at=DEADLINE, shown=FREE, by=mother, at=DEADLINE)

    assert used() == 0
    assert "返事がまだない" in request.consequence["fact"]


def test_cancel__of_a_booking_left_outside_the_period__is_free_even_late(
    booked: Booking, entitlement: Entitlement, mother: Any
) -> None:
    record_birth(entitlement.birth, born_on=dt.date(2025, 11, 8), children=1, by=mother, at=clock.now())

    assert preview(Booking.objects.get(pk=booked.pk), contact_at=DEADLINE).kind is ConsequenceKind.IN_TIME


def test_cancel__of_a_booking_read_before_its_facility_kept_places__gives_its_place_back(
    ask: Ask, clinic: Facility, mother: Any, receptionist: Any
) -> None:
    Facility.objects.update(keeps_capacity=False)
    clinic.refresh_from_db()
    DayCapacity.objects.all().delete()
    stay = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="short_stay")
    read_before = ask(offering=stay)
    set_places(clinic, {"short_stay": 2}, days=[read_before.first_day], by=receptionist, at=clock.now())
    assert (read_before.place, places()) == ("", 3)

    cancel(read_before, contact_at=clock.now(), shown=FREE, by=mother, at=clock.now())

    assert places() == 0
