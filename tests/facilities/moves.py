"""Asking for other days as a page does, and what the counters then say."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from applications.models import Pool
from eligibility import engine
from facilities.models import Booking, DayCapacity, Move, Offering
from facilities.public import Shown
from facilities.selectors.guests import with_rows
from facilities.selectors.moving import moving_of
from facilities.services.moving import ask_move, preview_move
from postpartum_portal.shared import clock

Shift = Callable[..., Move]

TEN = dt.time(10)
DEADLINE = dt.datetime(2026, 3, 10, 16, tzinfo=clock.TOKYO)
"""Of a stay from 3月11日."""
IN_TIME = DEADLINE - dt.timedelta(seconds=1)


def day(number: int) -> dt.date:
    return dt.date(2026, 3, number)


def move_to(
    booking: Booking,
    offering: Offering,
    first: dt.date,
    last: dt.date,
    *,
    by: Any,
    at: dt.datetime,
    arrival: dt.time = TEN,
    **exceptions: Any,
) -> Move:
    """Ask for other days, with the consequence that a page shows at the instant of the contact."""
    stands = with_rows(Booking.objects.all()).get(pk=booking.pk)
    contact_at = exceptions.pop("contact_at", at)
    if "shown" not in exceptions:
        use = engine.Use(stands.service, first, last, start_time=arrival)
        shift = preview_move(moving_of(stands, offering), use, contact_at=contact_at)
        exceptions["shown"] = Shown.of(shift.consequence)
    said = {"form_token": f"{booking.pk}-{first}-{last}", "contact_at": contact_at, "by": by, "at": at, **exceptions}
    return ask_move(stands, offering, first_day=first, last_day=last, arrival=arrival, **said)


def used(code: str = "stay_and_day") -> int:
    return Pool.objects.get(code=code).used


def held_days() -> list[int]:
    """The days of the month on which a place is taken."""
    return [row.day.day for row in DayCapacity.objects.filter(used__gt=0).order_by("day")]


def now_of(booking: Booking) -> Booking:
    return Booking.objects.get(pk=booking.pk)
