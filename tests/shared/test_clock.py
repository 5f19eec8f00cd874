"""The portal's clock: Tokyo whatever the server's zone, movable only where a newcomer or a test walks the journey."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import ClockOffset

pytestmark = pytest.mark.django_db


def test_today__is_tokyos_day(clock_at: Any) -> None:
    clock_at.move_to("2026-03-04T15:00:00+00:00")

    assert clock.today() == dt.date(2026, 3, 5)
    assert clock.now().utcoffset() == dt.timedelta(hours=9)


def test_move_to__is_refused_where_time_is_real() -> None:
    with pytest.raises(clock.ClockFixed):
        clock.move_to(clock.now())


def test_move_to__shifts_every_reader_of_the_clock(settings: Any, clock_at: Any) -> None:
    settings.CLOCK_MAY_MOVE = True
    clock.move_to(dt.datetime(2026, 6, 1, 9, tzinfo=clock.TOKYO))
    clock_at.shift(dt.timedelta(minutes=1))

    assert clock.now() == dt.datetime(2026, 6, 1, 9, 1, tzinfo=clock.TOKYO)


def test_offset__has_one_row() -> None:
    with pytest.raises(IntegrityError, match="clock_offset_is_one_row"), transaction.atomic():
        ClockOffset.objects.create(pk=2, ahead_by=dt.timedelta(0))


@pytest.mark.django_db(transaction=True)  # it closes its connection between two rounds
def test_work__once_plans_sweeps_and_stops() -> None:
    call_command("work", once=True)
