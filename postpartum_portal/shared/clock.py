"""The only reader of the system clock.

Services and rules never ask the time; the edge (a view, a task, a command) asks once and passes it in. Under demo and
test settings the clock carries an offset that web, worker and beat all read from one row, so that a newcomer can walk
from 32 weeks of pregnancy to a late cancellation in minutes.
"""

import datetime as dt

from django.conf import settings

from .models import ClockOffset
from .wareki import TOKYO

__all__ = ["TOKYO", "ClockFixed", "day_of", "move_to", "now", "of_system", "offset", "today"]


def now() -> dt.datetime:
    """The portal's time, aware, in Asia/Tokyo."""
    return of_system() + offset()


def of_system() -> dt.datetime:
    """As `now`, for whoever may not ask the database for the offset: it is just being replaced."""
    return dt.datetime.now(TOKYO)


def today() -> dt.date:
    """The portal's calendar day in Asia/Tokyo, whatever the server's zone."""
    return now().date()


def day_of(instant: dt.datetime) -> dt.date:
    """The calendar day of an aware instant in Asia/Tokyo."""
    return instant.astimezone(TOKYO).date()


def end_of(day: dt.date) -> dt.datetime:
    """The first instant after a day in Tokyo."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), TOKYO)


def offset() -> dt.timedelta:
    """How far the portal's clock runs ahead of the system's; always zero where it may not move."""
    if not settings.CLOCK_MAY_MOVE:
        return dt.timedelta(0)
    row = ClockOffset.objects.filter(pk=ClockOffset.THE_ROW).first()
    return row.ahead_by if row else dt.timedelta(0)


def move_to(instant: dt.datetime) -> None:
    """Set the portal's clock to `instant` (aware).

    Raises:
        ClockFixed: the settings do not allow the clock to move.
    """
    if not settings.CLOCK_MAY_MOVE:
        raise ClockFixed
    ahead_by = instant - dt.datetime.now(TOKYO)
    ClockOffset.objects.update_or_create(pk=ClockOffset.THE_ROW, defaults={"ahead_by": ahead_by})


class ClockFixed(Exception):
    """Somebody tried to move the clock of a portal that keeps real time."""
