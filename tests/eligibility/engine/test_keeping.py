"""Until when records are kept, over the borders of fiscal years."""

import datetime as dt

import pytest

from eligibility.engine import Record, keeping_arithmetic, kept_until
from eligibility.engine.keeping import RECORDS
from tests.eligibility.sixth import FIRST, SECOND, terms_of


@pytest.mark.parametrize(
    ("closed_on", "years", "until"),
    [
        ("2026-04-01", 5, "2032-03-31"),
        ("2027-03-31", 5, "2032-03-31"),
        ("2027-04-01", 5, "2033-03-31"),
        ("2026-12-31", 1, "2028-03-31"),
        ("2027-01-01", 1, "2028-03-31"),
        ("2028-02-29", 3, "2031-03-31"),
        ("2019-03-31", 1, "2020-03-31"),
    ],
)
def test_years_are_counted__from_the_fiscal_year_after_the_one_in_which_it_closed(
    closed_on: str, years: int, until: str
) -> None:
    assert kept_until(dt.date.fromisoformat(closed_on), years).isoformat() == until


def test_every_day_of_two_years__is_kept_so_many_whole_fiscal_years_and_not_a_day_more() -> None:
    """An independent count: walk from the day to the next April 1, then a year at a time."""
    for number in range(731):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        start = day + dt.timedelta(days=1)
        while (start.month, start.day) != (4, 1):
            start += dt.timedelta(days=1)
        assert kept_until(day, 3) == dt.date(start.year + 3, 4, 1) - dt.timedelta(days=1)


def test_the_arithmetic__is_said_in_words() -> None:
    said = keeping_arithmetic(dt.date(2027, 3, 31), 5)
    assert said == "令和8年度に終わった記録: 令和9年度から5年 → 令和13年度の3月31日まで"


def test_a_programme_file__says_what_is_published_of_it_and_nothing_else() -> None:
    assert terms_of(FIRST).retention == {}
    kept = terms_of(SECOND).retention
    assert {record: keeping.years for record, keeping in kept.items()} == {Record.APPLICATION: 5, Record.MESSAGE: 1}
    assert kept[Record.MESSAGE].source is not None
    assert set(RECORDS) == set(Record)
