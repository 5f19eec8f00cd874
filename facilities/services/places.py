"""Moving the day counters of a facility: one statement for all days of a use, locks always taken in order of days."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from django.db.models import F, QuerySet

from eligibility import engine
from facilities.models import Booking, DayCapacity, Facility, Hold, Move, Waiting

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
    locked_days(facility_id, place, days)


def hold_counters(rows: Iterable[HoldsPlaces | Move]) -> None:
    """As `hold_days`, for the days of several rows: kind by kind, each in the order of days."""
    days: dict[tuple[int, str], set[dt.date]] = {}
    for row in rows:
        days.setdefault((row.facility_id, row.place), set()).update(engine.each_day(row.first_day, row.last_day))
    for (facility, place), each in sorted(days.items()):
        hold_days(facility, place, each)


def hold_facility(facility_id: int) -> Facility:
    """Let nobody join or part its kinds of place until the transaction ends; the facility as it stands.

    For whoever sets limits, blocks places or offers them to the line, before any other lock; bookings need it not: they
    find no counter of a kind that is gone.
    """
    return Facility.objects.select_for_update(no_key=True).get(pk=facility_id)


def locked_days(facility_id: int, place: str, days: Collection[dt.date]) -> dict[dt.date, DayCapacity]:
    """Their counters as they stand until the transaction ends, by date; days that were never set are missing."""
    rows = _on(facility_id, place, days).order_by("day").select_for_update()
    return {row.day: row for row in rows}


def open_days(facility_id: int, place: str, days: Collection[dt.date]) -> None:
    """Give days that were never set a counter without places, of which nobody has said how many there are."""
    unset = [
        DayCapacity(facility_id=facility_id, place=place, day=day, limit=0, from_pattern=True) for day in sorted(days)
    ]
    DayCapacity.objects.bulk_create(unset, ignore_conflicts=True)


def move_places(facility_id: int, place: str, moves: Mapping[dt.date, int]) -> None:
    """Take (or give back, where negative) some places on each of the days, which `locked_days` holds and has looked at.

    The database still refuses what would go beyond a limit.
    """
    for number in sorted(set(moves.values()) - {0}):
        days = [day for day, moved in moves.items() if moved == number]
        _on(facility_id, place, days).update(used=F("used") + number)


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
