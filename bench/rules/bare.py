"""The ceiling: Kodaira's rules as one would write them by hand, without a word of explanation.

It is here to be compared with and nowhere used: its figures stand in code, which the portal itself never does.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Household:
    due_date: date
    birth_date: date
    children: int
    resident: bool
    lacks_support: bool
    unwell_or_anxious: bool
    fever_or_infection: bool
    needs_medical_care: bool
    exempt: bool
    first_day: date
    last_day: date


STAY, DAY, MIDWIFE, SUPPORTER = 5000, 2000, 1500, 600


def may_use(one: Household, on: date) -> tuple[bool, bool, date, date, tuple[int, ...]]:
    """Eligible, may apply, applies from, uses until, what each service costs her."""
    opens = min(one.due_date - timedelta(days=56), one.birth_date)
    last = _last_day_under_four_months(one.birth_date)
    eligible = (
        one.resident
        and (one.lacks_support or one.unwell_or_anxious)
        and not (one.fever_or_infection or one.needs_medical_care)
        and on <= last
    )
    prices = (0, 0, 0, 0) if one.exempt else (STAY, DAY, MIDWIFE, SUPPORTER)
    return eligible, opens <= on, opens, last, prices


def may_book(one: Household, on: date) -> tuple[bool, int, datetime]:
    """Bookable, yen, free until."""
    last = _last_day_under_four_months(one.birth_date)
    days = (one.last_day - one.first_day).days + 1
    bookable = one.first_day >= max(on, one.birth_date) and one.last_day <= last and 2 <= days <= 6 and days - 1 <= 5
    yen = 0 if one.exempt else STAY * (days - 1)
    return bookable, yen, datetime.combine(one.first_day - timedelta(days=1), time(16), TOKYO)


def _last_day_under_four_months(birth: date) -> date:
    month = birth.month + 4
    year, month = (birth.year + 1, month - 12) if month > 12 else (birth.year, month)
    length = monthrange(year, month)[1]
    if birth.day > length:
        return date(year, month, length)
    return date(year, month, birth.day) - timedelta(days=1)
