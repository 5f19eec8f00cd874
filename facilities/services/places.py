"""Moving the day counters of a facility: one statement for all days of a use, locks always taken in order of days."""

import datetime as dt

from django.db.models import F, QuerySet

from eligibility import engine
from facilities.models import Booking, DayCapacity


def take_places(booking: Booking) -> bool:
    """Take one place on each of its days; False when a day has none left or is not open.

    Part of the caller's transaction, which must then roll back whole: some days may have been taken. A booking that
    holds no places takes none.
    """
    if not booking.place:
        return True
    wanted = len(engine.each_day(booking.first_day, booking.last_day))
    return _add(_days(booking).filter(used__lt=F("limit")), 1) == wanted


def give_places(booking: Booking) -> None:
    """Give back the place taken on each of its days.

    Which place is read here, after the booking's status was moved: since the caller read it, `counting` may have given
    one to a booking that had none, and does so no more.
    """
    booking.place = Booking.objects.values_list("place", flat=True).get(pk=booking.pk)
    if booking.place:
        _add(_days(booking).filter(used__gt=0), -1)


def lacking(booking: Booking) -> tuple[dt.date, ...]:
    """The days on which there is no place for this booking right now."""
    free = set(_days(booking).filter(used__lt=F("limit")).values_list("day", flat=True))
    return tuple(day for day in engine.each_day(booking.first_day, booking.last_day) if day not in free)


def _days(booking: Booking) -> QuerySet[DayCapacity]:
    return DayCapacity.objects.filter(
        facility_id=booking.facility_id, place=booking.place, day__range=(booking.first_day, booking.last_day)
    )


def _add(days: QuerySet[DayCapacity], number: int) -> int:
    """Move the counters in one statement, having locked their rows in the order of days.

    Without that order two overlapping stays may each hold a day that the other waits for. The lock also makes
    PostgreSQL look at the condition again once it has waited. SQLite writes one at a time and needs no lock.
    """
    locked = days.order_by("day").select_for_update().values("pk")
    return DayCapacity.objects.filter(pk__in=locked).update(used=F("used") + number)
