"""Ages by the Act on Calculation of Age and Civil Code art. 143(2), weeks of pregnancy, nothing else."""

from datetime import date, timedelta

DAYS_OF_PREGNANCY = 280
"""The due date is 40 weeks and 0 days."""
EARLIEST_BIRTH = 22 * 7
"""Days of pregnancy before which no child can live outside the womb (母体保護法2条2項, 次官通知: 妊娠満22週未満)."""

ONE_DAY = timedelta(days=1)
APRIL = 4


def corresponding_day(start: date, months: int) -> date | None:
    """The same day of the month `months` later (応当日), or None where that month has no such day."""
    year, month = _month_after(start, months)
    try:
        return date(year, month, start.day)
    except ValueError:
        return None


def reaches(birth: date, months: int) -> date:
    """The first day on which a child is `months` months old.

    A period counted from the birth date ends on the day before the corresponding day or, where the last month has no
    corresponding day, on that month's last day (民法143条2項): the age is reached on the day after.
    """
    day = corresponding_day(birth, months)
    return date(*_month_after(birth, months + 1), 1) if day is None else day


def last_day_under(birth: date, months: int) -> date:
    """The last day on which a child is still under `months` months old."""
    return reaches(birth, months) - ONE_DAY


def months_before(due: date, months: int) -> date:
    """The same day so many calendar months earlier, clipped to the last day of a month that is too short."""
    day = corresponding_day(due, -months)
    return date(*_month_after(due, 1 - months), 1) - ONE_DAY if day is None else day


def day_of_pregnancy(due: date, weeks: int, days: int = 0) -> date:
    """The day on which a pregnancy with this due date reaches `weeks` weeks and `days` days."""
    return due - timedelta(days=DAYS_OF_PREGNANCY - 7 * weeks - days)


def pregnancy_age(due: date, on: date) -> tuple[int, int]:
    """Completed weeks and days of pregnancy on a day: 32週4日 is (32, 4)."""
    return divmod(DAYS_OF_PREGNANCY - (due - on).days, 7)


def fiscal_year(day: date) -> int:
    """The year of the April in which a day's fiscal year began."""
    return day.year if day.month >= APRIL else day.year - 1


def each_day(first: date, last: date) -> tuple[date, ...]:
    """All days from `first` to `last`, both included; none when `last` is earlier."""
    return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


def _month_after(start: date, months: int) -> tuple[int, int]:
    """Year and month that lie `months` calendar months after `start`."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return year, month + 1
