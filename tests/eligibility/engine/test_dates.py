"""Ages by the Act on Calculation of Age and Civil Code art. 143(2), weeks of pregnancy, months back, fiscal years."""

from datetime import date, timedelta

import pytest

from eligibility.engine import (
    corresponding_day,
    day_of_pregnancy,
    each_day,
    fiscal_year,
    last_day_under,
    pregnancy_age,
)
from eligibility.engine.dates import months_before
from tests.eligibility.engine.walking import walked_last_day

ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("birth", "months", "last"),
    [
        ("2025-10-28", 4, "2026-02-27"),
        ("2025-10-29", 4, "2026-02-28"),
        ("2025-10-30", 4, "2026-02-28"),
        ("2025-10-31", 4, "2026-02-28"),
        ("2025-11-01", 4, "2026-02-28"),
        ("2027-10-29", 4, "2028-02-28"),
        ("2027-10-30", 4, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-08-31", 3, "2025-11-30"),
        ("2026-01-15", 4, "2026-05-14"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_last_day_under__keeps_month_ends(birth: str, months: int, last: str) -> None:
    assert last_day_under(date.fromisoformat(birth), months) == date.fromisoformat(last)
    assert walked_last_day(date.fromisoformat(birth), months) == date.fromisoformat(last)


def test_corresponding_day__is_absent_where_the_month_is_too_short() -> None:
    assert corresponding_day(date(2025, 10, 31), 4) is None
    assert corresponding_day(date(2025, 12, 31), 12) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("due", "weeks", "expected"),
    [("2026-04-30", 32, "2026-03-05"), ("2026-04-30", 40, "2026-04-30"), ("2026-07-13", 32, "2026-05-18")],
)
def test_day_of_pregnancy__counts_back_from_40_weeks(due: str, weeks: int, expected: str) -> None:
    day = day_of_pregnancy(date.fromisoformat(due), weeks)
    assert day == date.fromisoformat(expected)
    assert pregnancy_age(date.fromisoformat(due), day) == (weeks, 0)


def test_pregnancy_age__gives_weeks_and_days() -> None:
    assert pregnancy_age(date(2026, 4, 30), date(2026, 3, 9)) == (32, 4)


@pytest.mark.parametrize(
    ("due", "months", "expected"),
    [
        ("2026-04-30", 2, "2026-02-28"),
        ("2028-04-30", 2, "2028-02-29"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2026-05-15", 2, "2026-03-15"),
        ("2026-02-28", 12, "2025-02-28"),
    ],
)
def test_months_before__is_clipped_to_the_month_s_last_day(due: str, months: int, expected: str) -> None:
    assert months_before(date.fromisoformat(due), months) == date.fromisoformat(expected)


def test_fiscal_year__begins_in_april() -> None:
    assert [fiscal_year(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [2025, 2025, 2026, 2026]
    assert fiscal_year(date(2026, 3, 31)) == 2025


def test_each_day__includes_both_ends_and_is_empty_backwards() -> None:
    first = date(2026, 2, 27)
    assert each_day(first, date(2026, 3, 1)) == (first, date(2026, 2, 28), date(2026, 3, 1))
    assert each_day(first, first - ONE_DAY) == ()
