"""Ages by the Act on Calculation of Age and Civil Code art. 143(2), checked against a walk over the calendar."""

from datetime import date, timedelta

import pytest

from eligibility.engine import corresponding_day, day_of_pregnancy, each_day, last_day_under, pregnancy_age

ONE_DAY = timedelta(days=1)


def walked_last_day(birth: date, months: int) -> date:
    """The same last day found without arithmetic on months: walk day by day until the corresponding day, or past it."""
    day, turns = birth, 0
    while True:
        following = day + ONE_DAY
        turns += following.day == 1
        if turns > months or (turns == months and following.day == birth.day):
            return day
        day = following


@pytest.mark.parametrize("months", [3, 4, 12])
def test_last_day_under__agrees_with_the_calendar_on_every_birth_of_four_years(months: int) -> None:
    for birth in each_day(date(2024, 1, 1), date(2027, 12, 31)):
        assert last_day_under(birth, months) == walked_last_day(birth, months), birth


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


def test_each_day__includes_both_ends_and_is_empty_backwards() -> None:
    first = date(2026, 2, 27)
    assert each_day(first, date(2026, 3, 1)) == (first, date(2026, 2, 28), date(2026, 3, 1))
    assert each_day(first, first - ONE_DAY) == ()
