"""Ages by the Act on Calculation of Age and Civil Code art. 143(2), weeks of pregnancy, nothing else."""

from calendar import monthrange
from datetime import date, timedelta

DAYS_OF_PREGNANCY = 280
"""The due date is 40 weeks and 0 days."""
EARLIEST_BIRTH = 22 * 7
"""Days of pregnancy before which no child is born alive (母体保護法2条2項, 厚生事務次官通知: 妊娠満22週未満)."""

_ONE_DAY = timedelta(days=1)


def corresponding_day(start: date, months: int) -> date | None:
    """The same day of the month `months` later (応当日), or None where that month has no such day."""
    year, month, length = _month_after(start, months)
    return date(year, month, start.day) if start.day <= length else None


def last_day_under(birth: date, months: int) -> date:
    """The last day on which a child is still under `months` months old.

    A period counted from the birth date ends on the day before the corresponding day or, where the last month
    has no corresponding day, on that month's last day (民法143条2項).
    """
    year, month, length = _month_after(birth, months)
    return date(year, month, length) if birth.day > length else date(year, month, birth.day) - _ONE_DAY


def months_before(due: date, months: int) -> date:
    """The same day so many calendar months earlier, clipped to the last day of a month that is too short."""
    year, month, length = _month_after(due, -months)
    return date(year, month, min(due.day, length))


def day_of_pregnancy(due: date, weeks: int, days: int = 0) -> date:
    """The day on which a pregnancy with this due date reaches `weeks` weeks and `days` days."""
    return due - timedelta(days=DAYS_OF_PREGNANCY - 7 * weeks - days)


def pregnancy_age(due: date, on: date) -> tuple[int, int]:
    """Completed weeks and days of pregnancy on a day: 32週4日 is (32, 4)."""
    return divmod(DAYS_OF_PREGNANCY - (due - on).days, 7)


def each_day(first: date, last: date) -> tuple[date, ...]:
    """All days from `first` to `last`, both included; none when `last` is earlier."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def _month_after(start: date, months: int) -> tuple[int, int, int]:
    """Year and month that lie `months` calendar months after `start`, and how many days that month has."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return year, month + 1, monthrange(year, month + 1)[1]
