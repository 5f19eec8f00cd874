"""Working days over Golden Week, the September holidays and the new year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from eligibility.engine.applying import Lead
from eligibility.engine.service import ClosedSeason
from eligibility.engine.terms import ClosedDays, OfficeDays
from eligibility.engine.values import Source
from eligibility.engine.working_days import (
    earliest_first_day,
    is_working_day,
    latest_day,
    ready_day,
    working_days_before,
    working_days_since,
)

SOURCE = Source("文", "ページ")
NEW_YEAR = ClosedSeason("年末年始", (12, 29), (1, 3), SOURCE)
OBON = ClosedSeason("お盆", (8, 13), (8, 15), SOURCE)
OFFICE = OfficeDays((NEW_YEAR, OBON), SOURCE)
EVERY_WEEKDAY = OfficeDays((), None)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-05-01", True),  # Friday before Golden Week
        ("2026-05-02", False),  # Saturday
        ("2026-05-03", False),  # 憲法記念日, a Sunday
        ("2026-05-05", False),
        ("2026-05-06", False),  # 振替休日
        ("2026-05-07", True),
        ("2026-09-22", False),  # 国民の休日 between two holidays
        ("2026-08-12", True),
        ("2026-08-13", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2027-01-01", False),
        ("2027-01-04", True),
    ],
)
def test_is_working_day__knows_weekends_holidays_and_seasons(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), OFFICE) is works


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-10-01", False),  # closed once
        ("2027-10-01", True),
        ("2026-12-28", False),  # closed each year, over the new year
        ("2027-12-28", False),
        ("2028-01-04", False),
        ("2028-01-05", True),
        ("2026-08-13", False),  # the programme's own season stands beside it
    ],
)
def test_is_working_day__knows_what_the_office_entered(day: str, works: bool) -> None:
    once = ClosedDays("開庁記念日", date(2026, 10, 1), date(2026, 10, 1))
    yearly = ClosedDays("年末年始", date(2026, 12, 28), date(2027, 1, 4), yearly=True)
    assert is_working_day(date.fromisoformat(day), replace(OFFICE, entered=(once, yearly))) is works


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        ("2026-06-10", 0, "2026-06-10"),
        ("2026-06-10", 1, "2026-06-09"),
        ("2026-06-10", 3, "2026-06-05"),
        ("2026-05-07", 1, "2026-05-01"),  # over Golden Week
        ("2026-05-05", 2, "2026-04-30"),  # from within it; 04-29 is a holiday
        ("2026-05-01", 2, "2026-04-28"),
        ("2027-01-05", 2, "2026-12-28"),  # over the new year
        ("2027-01-02", 1, "2026-12-28"),
    ],
)
def test_working_days_before__skips_what_the_office_closes(day: str, number: int, expected: str) -> None:
    assert working_days_before(date.fromisoformat(day), number, OFFICE) == date.fromisoformat(expected)


def test_working_days_before__closes_no_season_that_the_file_does_not_name() -> None:
    assert working_days_before(date(2027, 1, 5), 2, EVERY_WEEKDAY) == date(2026, 12, 31)


@pytest.mark.parametrize(("working", "latest"), [(False, "2026-05-04"), (True, "2026-04-28")])
def test_latest_day__counts_as_the_lead_says(working: bool, latest: str) -> None:
    assert latest_day(date(2026, 5, 7), Lead(3, working, SOURCE), OFFICE) == date.fromisoformat(latest)


@pytest.mark.parametrize(("working", "first"), [(False, "2026-05-04"), (True, "2026-05-09")])
def test_earliest_first_day__is_the_first_that_keeps_the_lead(working: bool, first: str) -> None:
    assert earliest_first_day(date(2026, 5, 1), Lead(3, working, SOURCE), OFFICE) == date.fromisoformat(first)


@pytest.mark.parametrize("working", [True, False])
def test_latest_day__parts_what_is_overdue_from_what_is_not_on_every_day_of_a_year(working: bool) -> None:
    """What was begun before it is not ready in time, all else is; and the working days since then say the same."""
    takes = Lead(2, working, SOURCE)
    for on in (date(2026, 1, 1) + timedelta(days=number) for number in range(365)):
        latest = latest_day(on, takes, OFFICE)
        for begun in (on - timedelta(days=number) for number in range(16)):
            ready = ready_day(begun, takes, OFFICE)
            assert (begun < latest) == (ready < on)
            if working and is_working_day(on, OFFICE):
                assert (working_days_since(begun, on, OFFICE) > takes.days) == (ready < on)


@pytest.mark.parametrize(
    ("begun", "days", "working", "ready"),
    [
        ("2026-06-10", 2, True, "2026-06-12"),
        ("2026-06-12", 2, True, "2026-06-16"),  # over a weekend
        ("2026-05-01", 2, True, "2026-05-08"),  # over Golden Week
        ("2026-12-28", 1, True, "2027-01-04"),  # over the new year
        ("2026-05-03", 1, True, "2026-05-07"),  # begun on a holiday
        ("2026-06-12", 2, False, "2026-06-14"),
        ("2026-06-12", 0, True, "2026-06-12"),
    ],
)
def test_ready_day__counts_the_days_that_the_office_works(begun: str, days: int, working: bool, ready: str) -> None:
    assert ready_day(date.fromisoformat(begun), Lead(days, working, SOURCE), OFFICE) == date.fromisoformat(ready)
