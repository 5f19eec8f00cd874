"""A child's age in words."""

import datetime as dt

import pytest

from facilities.selectors.ages import age_on


@pytest.mark.parametrize(
    ("born", "day", "words"),
    [
        ("2026-03-11", "2026-03-11", "0日"),
        ("2026-03-05", "2026-03-11", "6日"),
        ("2026-02-18", "2026-03-11", "3週"),
        ("2026-02-11", "2026-03-11", "1か月"),
        ("2026-01-15", "2026-03-11", "1か月24日"),
        ("2025-10-31", "2026-02-28", "3か月28日"),  # no 31st in February: four months on the day after its end
        ("2025-10-31", "2026-03-01", "4か月"),
        ("2025-03-12", "2026-03-11", "11か月27日"),
        ("2025-03-11", "2026-03-11", "1歳"),
        ("2025-01-11", "2026-03-11", "1歳2か月"),
    ],
)
def test_age__counts_whole_months_by_law(born: str, day: str, words: str) -> None:
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(day)) == words
