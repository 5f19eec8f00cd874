"""The office's working days: Monday to Friday without national holidays and without the seasons the office closes."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

import jpholiday

from eligibility.engine.applying import Lead
from eligibility.engine.terms import ClosedDays, OfficeDays

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class Season(Protocol):
    """Days of each year from `first` to `last`, as (month, day), both included; it may run over the new year."""

    @property
    def first(self) -> tuple[int, int]: ...
    @property
    def last(self) -> tuple[int, int]: ...


def is_working_day(day: date, office_days: OfficeDays) -> bool:
    if day.weekday() >= _SATURDAY or day in _national_holidays(day.year):
        return False
    if any(in_season(day, season) for season in office_days.closed):
        return False
    return not any(_closed_on(day, entered) for entered in office_days.entered)


def working_days_before(day: date, number: int, office_days: OfficeDays) -> date:
    """The working day that lies `number` working days before `day`, which itself is not counted; `day` for none."""
    while number:
        day -= _ONE_DAY
        number -= is_working_day(day, office_days)
    return day


def ready_day(begun_on: date, takes: Lead, office_days: OfficeDays) -> date:
    """The day on which what was begun on a day is ready: so many (working) days later, the first not counted."""
    if not takes.working:
        return begun_on + timedelta(days=takes.days)
    day, left = begun_on, takes.days
    while left:
        day += _ONE_DAY
        left -= is_working_day(day, office_days)
    return day


def working_days_since(begun_on: date, on: date, office_days: OfficeDays) -> int:
    """How many working days have come since a day, which itself is not counted, `on` included; 0 before it."""
    days = (begun_on + timedelta(days=number) for number in range(1, (on - begun_on).days + 1))
    return sum(is_working_day(day, office_days) for day in days)


def latest_day(first_day: date, lead: Lead, office_days: OfficeDays) -> date:
    """The last day on which a lead time before the first day of use is kept."""
    if lead.working:
        return working_days_before(first_day, lead.days, office_days)
    return first_day - timedelta(days=lead.days)


def earliest_first_day(done_on: date, lead: Lead, office_days: OfficeDays) -> date:
    """The earliest first day of use for which something done on a day keeps the lead time."""
    day = done_on
    while latest_day(day, lead, office_days) < done_on:
        day += _ONE_DAY
    return day


def in_season(day: date, season: Season) -> bool:
    """Whether a day lies in a season of each year."""
    return _each_year(day, season.first, season.last)


def _closed_on(day: date, entered: ClosedDays) -> bool:
    first, last = entered.first, entered.last
    if entered.yearly:
        return _each_year(day, (first.month, first.day), (last.month, last.day))
    return first <= day <= last


def _each_year(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    place = (day.month, day.day)
    if first <= last:
        return first <= place <= last
    return place >= first or place <= last


@lru_cache
def _national_holidays(year: int) -> frozenset[date]:
    """国民の祝日に関する法律: holidays, their substitutes (振替休日) and the days between two (国民の休日)."""
    return frozenset(day for day, _name in jpholiday.year_holidays(year))
