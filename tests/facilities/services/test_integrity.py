"""Recounting finds what was moved behind the services' back, and repairs counters only when asked."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from applications.models import Pool
from facilities.models import Booking, DayCapacity
from facilities.public import cancel, confirm
from postpartum_portal.shared import clock
from tests.facilities.conftest import Ask
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db


def test_check_integrity__after_booking_and_cancelling__agrees(ask: Ask, receptionist: Any, mother: Any) -> None:
    confirm(ask(), by=receptionist, at=clock.now())
    taken_back = ask(first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 2))
    cancel(taken_back, contact_at=clock.now(), shown=FREE, by=mother, at=clock.now())

    call_command("check_integrity", stdout=StringIO())


def test_check_integrity__names_each_counter_that_was_moved(ask: Ask, stay: Any) -> None:
    ask()
    Pool.objects.filter(code="stay").update(used=5)
    DayCapacity.objects.filter(place=stay.place, day="2026-03-20").update(used=1)
    told = StringIO()

    with pytest.raises(CommandError):
        call_command("check_integrity", stdout=told)

    assert "(stay): 5, recounted 3" in told.getvalue()
    assert "2026-03-20): 1, recounted 0" in told.getvalue()
    assert Pool.objects.get(code="stay").used == 5


def test_check_integrity__repair__sets_the_counters(ask: Ask, stay: Any) -> None:
    ask()
    Pool.objects.filter(code="stay").update(used=5)
    DayCapacity.objects.filter(place=stay.place, day="2026-03-20").update(used=1)

    call_command("check_integrity", "--repair", stdout=StringIO())

    assert Pool.objects.get(code="stay").used == 3
    assert DayCapacity.objects.get(place=stay.place, day="2026-03-20").used == 0


def test_check_integrity__a_booking_without_its_ledger__is_told_and_left_alone(ask: Ask) -> None:
    booking = ask()
    Booking.objects.filter(pk=booking.pk).update(units={"stay": 2})

    with pytest.raises(CommandError, match="1 discrepancies"):
        call_command("check_integrity", "--repair", stdout=StringIO())
