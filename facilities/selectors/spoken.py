"""Six digits by which a mother on the phone names the request that she has just sent."""

import datetime as dt

from django.conf import settings

from facilities.models import Booking, Facility

from .waiting import waiting_requests

DIGITS = 6


def spoken_until(booking: Booking) -> dt.datetime:
    """How long the facility finds it by these digits; by its list as long as it waits for an answer."""
    return booking.requested_at + dt.timedelta(minutes=settings.HOLD_MINUTES)


def spoken_of(booking: Booking, *, at: dt.datetime) -> str:
    """056-614: the last digits of its random number, said in two halves; "" once they lead nowhere."""
    if booking.status != Booking.Status.REQUESTED or at >= spoken_until(booking):
        return ""
    digits = _digits(booking)
    return f"{digits[:3]}-{digits[3:]}"


def request_spoken(desk: Facility, code: str, *, at: dt.datetime) -> Booking | None:
    """The request of this desk that the digits name; None where there is none, or they name two."""
    since = at - dt.timedelta(minutes=settings.HOLD_MINUTES)
    found = [row for row in waiting_requests(desk).filter(requested_at__gt=since) if _digits(row) == code]
    return found[0] if len(found) == 1 else None


def _digits(booking: Booking) -> str:
    return booking.number.replace("-", "")[-DIGITS:]
