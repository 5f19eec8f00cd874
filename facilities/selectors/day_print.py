"""Days of a facility on paper: who comes, stays or leaves on each of them, by the hour."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from eligibility import engine
from facilities.models import Booking, Facility
from postpartum_portal.shared import wareki

from .day_sheet import ON_SHEET
from .guests import GuestCard


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`what`: 到着 10:00, 滞在, 16:00 まで, 訪問 13:00〜15:00."""

    card: GuestCard
    what: str
    hour: dt.time


@dataclass(frozen=True, slots=True)
class DayPlan:
    day: dt.date
    lines: tuple[PlanLine, ...]


def bookings_between(facility: Facility, first: dt.date, last: dt.date) -> QuerySet[Booking]:
    """Those that touch one of the days, both included."""
    found = Booking.objects.filter(facility=facility, status__in=ON_SHEET, first_day__lte=last, last_day__gte=first)
    return found.order_by("first_day", "arrival", "pk")


def plans_of(cards: Iterable[GuestCard], first: dt.date, last: dt.date) -> tuple[DayPlan, ...]:
    """Each day with those who are here on it: whoever is recorded as absent is not."""
    here = [card for card in cards if not card.absent]
    return tuple(_plan(here, day) for day in engine.each_day(first, last))


def _plan(cards: Iterable[GuestCard], day: dt.date) -> DayPlan:
    lines = [_line(card, day) for card in cards if card.first_day <= day <= card.last_day]
    return DayPlan(day, tuple(sorted(lines, key=lambda line: line.hour)))


def _line(card: GuestCard, day: dt.date) -> PlanLine:
    starts, ends = _told(card.starts), _told(card.ends)
    if card.visit:
        return PlanLine(card, f"訪問 {starts}〜{ends}" if starts else "訪問", card.starts or dt.time.max)
    if day == card.first_day:
        until = f"、{ends} まで" if ends and day == card.last_day else ""
        return PlanLine(card, f"到着 {starts}{until}".strip(), card.starts or dt.time.max)
    if day == card.last_day:
        return PlanLine(card, f"終わり {ends} まで" if ends else "終わり", dt.time.min)
    return PlanLine(card, "滞在", dt.time.min)


def _told(hour: dt.time | None) -> str:
    return wareki.clock_time(hour) if hour else ""
