"""What time brings: reminders once, and the end of unanswered requests."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Pool
from eligibility.public import Municipality
from facilities.models import Booking, Facility
from facilities.public import confirm
from facilities.services.reminders import plan_bookings
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=clock.TOKYO)


def reminders() -> int:
    return Mail.objects.filter(kind="booking_reminder").count()


@pytest.mark.parametrize(
    ("now", "count"),
    [(at(9, 8, 59), 0), (at(9, 9), 1), (at(10, 15, 59), 1), (at(10, 16), 0)],
    ids=["too early", "the morning before the deadline's day", "after a pause", "the deadline has passed"],
)
def test_remind__the_day_before_the_deadline(ask: Ask, receptionist: Any, now: dt.datetime, count: int) -> None:
    confirm(ask(), by=receptionist, at=clock.now())

    plan_bookings(now)

    assert reminders() == count


def test_remind__twice__sends_one_mail(ask: Ask, receptionist: Any) -> None:
    confirm(ask(), by=receptionist, at=clock.now())

    plan_bookings(at(9, 9))
    plan_bookings(at(9, 9, 5))

    assert reminders() == 1
    assert "3月10日(火) 16:00 より前に取り消すと" in Mail.objects.get(kind="booking_reminder").text


def test_remind__whoever_booked_after_that_moment__is_left_in_peace(ask: Ask, receptionist: Any) -> None:
    confirm(ask(at=at(9, 10)), by=receptionist, at=at(9, 11))

    plan_bookings(at(9, 12))

    assert reminders() == 0


def test_expire__closes_what_nobody_answered_when_the_first_day_begins(ask: Ask) -> None:
    booking = ask()

    plan_bookings(at(10, 23, 59))
    assert Booking.objects.get(pk=booking.pk).status == Booking.Status.REQUESTED

    plan_bookings(at(11, 0))
    assert Booking.objects.get(pk=booking.pk).status == Booking.Status.EXPIRED
    assert Pool.objects.get(code="stay").used == 0


def test_expire__leaves_a_request_of_the_very_day_until_it_is_over(ask: Ask) -> None:
    booking = ask(at=at(11, 8))

    plan_bookings(at(11, 23, 59))
    assert Booking.objects.get(pk=booking.pk).status == Booking.Status.REQUESTED

    plan_bookings(at(12, 0))
    assert Booking.objects.get(pk=booking.pk).status == Booking.Status.EXPIRED


def test_remind__asks_for_the_programme_once_however_many_bookings(kodaira: Municipality, clinic: Facility) -> None:
    counts = []
    for _ in range(2):
        factories.BookingFactory.create_batch(3, municipality=kodaira, facility=clinic, status="confirmed")
        with CaptureQueriesContext(connection) as queries:
            plan_bookings(clock.now())
        counts.append(len(queries))

    assert counts[0] == counts[1]
