"""Moving the day counters of a facility: one statement for all days of a use, locks always taken in order of days."""

import datetime as dt
from collections.abc import Collection
from typing import TypeAlias

from django.db.models import F, QuerySet

from eligibility import engine
from facilities.models import Booking, DayCapacity, Hold, Waiting

from .waiting_line import call_line, owed_to_line

HoldsPlaces: TypeAlias = Booking | Hold | Waiting
"""A row with a place on each of its days, or with none."""


def take_places(booking: Booking | Hold) -> bool:
    """Take one place on each of its days; False when a day has none left or is not open.

    Part of the caller's transaction, which must then roll back whole: some days may have been taken. A booking that
    holds no places takes none, and none takes what came free for those who wait.
    """
    days = (booking.first_day, booking.last_day)
    return not booking.place or (hold_places(booking) and not owed_to_line(booking.facility_id, booking.place, *days))


def hold_places(row: HoldsPlaces) -> bool:
    """As `take_places`, for the line itself too: what is offered to somebody is taken for her."""
    wanted = len(engine.each_day(row.first_day, row.last_day))
    return _add(_days(row).filter(used__lt=F("limit")), 1) == wanted


def give_places(row: HoldsPlaces) -> None:
    """Give back the place taken on each of its days, and call those who wait for one.

    Which place is read here, after the booking's status was moved: since the caller read it, `counting` may have given
    one to a booking that had none, and does so no more.
    """
    row.place = type(row).objects.values_list("place", flat=True).get(pk=row.pk)
    if row.place:
        _add(_days(row).filter(used__gt=0), -1)
        call_line(row.facility_id, row.place, row.first_day, row.last_day)


def take_days(facility_id: int, place: str, days: Collection[dt.date]) -> bool:
    """As `take_places`, for the days that a booking gains where it is moved."""
    if not place or not days:
        return True
    free = _on(facility_id, place, days).filter(used__lt=F("limit"))
    return _add(free, 1) == len(days) and not owed_to_line(facility_id, place, min(days), max(days))


def give_days(facility_id: int, place: str, days: Collection[dt.date]) -> None:
    """Give back a place on each of the days, which a moved booking gives up or never got."""
    if place and days:
        _add(_on(facility_id, place, days).filter(used__gt=0), -1)
        call_line(facility_id, place, min(days), max(days))


def hold_days(facility_id: int, place: str, days: Collection[dt.date]) -> None:
    """Let nobody else move these counters until the transaction ends.

    For whoever moves them by more than one statement, as a moved booking does: first all days in order, then each.
    """
    list(_on(facility_id, place, days).order_by("day").select_for_update().values_list("pk"))


def lacking_days(facility_id: int, place: str, days: Collection[dt.date]) -> tuple[dt.date, ...]:
    """Those of the days on which there is no place right now."""
    free = set(_on(facility_id, place, days).filter(used__lt=F("limit")).values_list("day", flat=True))
    return tuple(day for day in days if day not in free)


def lacking(booking: HoldsPlaces) -> tuple[dt.date, ...]:
    """The days on which there is no place for this booking right now."""
    free = set(_days(booking).filter(used__lt=F("limit")).values_list("day", flat=True))
    return tuple(day for day in engine.each_day(booking.first_day, booking.last_day) if day not in free)


def _days(row: HoldsPlaces) -> QuerySet[DayCapacity]:
    return DayCapacity.objects.filter(
        facility_id=row.facility_id, place=row.place, day__range=(row.first_day, row.last_day)
    )


def _on(facility_id: int, place: str, days: Collection[dt.date]) -> QuerySet[DayCapacity]:
    return DayCapacity.objects.filter(facility_id=facility_id, place=place, day__in=days)


def _add(days: QuerySet[DayCapacity], number: int) -> int:
    """Move the counters in one statement, having locked their rows in the order of days.

    Without that order two overlapping stays may each hold a day that the other waits for. The lock also makes
    PostgreSQL look at the condition again once it has waited. SQLite writes one at a time and needs no lock.
    """
    locked = days.order_by("day").select_for_update().values("pk")
    return DayCapacity.objects.filter(pk__in=locked).update(used=F("used") + number)
