"""岡山市 publishes no rule for cancelling: bookings there whose outcome staff may decide."""

from typing import Any

from django.urls import reverse

from facilities.models import Booking
from tests.facilities.shown import shown_on
from tests.facilities.walking import Family, desk

DAY = "2026-06-10"
MORNING = f"{DAY}T09:00:00+09:00"


def cancelled(household: Family, clock_at: Any, *, service: str = "short_stay", days: int = 2) -> Booking:
    """A booking for 6月10日, cancelled that morning."""
    booking = booked(household, service=service, days=days)
    clock_at.move_to(MORNING)
    household.cancels(booking, "in_time")
    return household.booked(DAY)


def not_come(household: Family, clock_at: Any, *, service: str = "short_stay", days: int = 2) -> Booking:
    """A booking for 6月10日 to which nobody came."""
    booking = booked(household, service=service, days=days)
    clock_at.move_to(f"{DAY}T18:00:00+09:00")
    where = reverse("facility:no_show", args=[booking.number])
    page = desk(booking).get(where).content.decode()
    desk(booking).post(where, {"shown": shown_on(page)})
    return household.booked(DAY)


def booked(household: Family, *, service: str, days: int, day: str = DAY) -> Booking:
    length: dict[str, Any] = {} if days == 1 else {"days": days}
    return household.books(service, day, provisional="on", arrival="10:00", **length)
