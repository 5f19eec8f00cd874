"""Ages by the Act on Calculation of Age and Civil Code art. 143(2), pregnancy weeks, and nothing else."""

from calendar import monthrange
from datetime import date, timedelta

DAYS_OF_PREGNANCY = 280
"""The due date is 40 weeks and 0 days."""


def corresponding_day(start: date, months: int) -> date | None:
    """The same day of the month `months` later (応当日), or None where that month has no such day."""
    year, month = _shift_month(start, months)
    if start.day > monthrange(year, month)[1]:
        return None
    return date(year, month, start.day)


def last_day_under(birth: date, months: int) -> date:
    """The last day on which a child is still under `months` months old.

    A period counted from the birth date ends on the day before the corresponding day or, where the last month
    has no corresponding day, on that month's last day (民法143条2項).
    """
    day = corresponding_day(birth, months)
    if day is not None:
        return day - timedelta(days=1)
    year, month = _shift_month(birth, months)
    return date(year, month, monthrange(year, month)[1])


def day_of_pregnancy(due: date, weeks: int, days: int = 0) -> date:
    """The day on which a pregnancy with this due date reaches `weeks` weeks and `days` days."""
    return due - timedelta(days=DAYS_OF_PREGNANCY - 7 * weeks - days)


def pregnancy_age(due: date, on: date) -> tuple[int, int]:
    """Completed weeks and days of pregnancy on a day: 32週4日 is (32, 4)."""
    return divmod(DAYS_OF_PREGNANCY - (due - on).days, 7)


def each_day(first: date, last: date) -> tuple[date, ...]:
    """All days from `first` to `last`, both included; none when `last` is earlier."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def _shift_month(start: date, months: int) -> tuple[int, int]:
    """Year and month that lie `months` calendar months after `start`."""
    count = start.year * 12 + start.month - 1 + months
    return count // 12, count % 12 + 1
