"""Every date that the engine reckons, day by day over years, against a walk over the calendar."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import (
    AgeLimit,
    AgeUnit,
    CountedFrom,
    Facts,
    HouseholdClass,
    Opens,
    ProofRule,
    ProofWorks,
    Source,
    age_period,
    application_window,
    certificate_for,
)
from tests.eligibility.engine.walking import (
    DAYS,
    PLACE,
    birthdays,
    births,
    certificate_years,
    eve,
    months_earlier,
    months_reached,
    pregnancy,
)
from tests.eligibility.kodaira import TERMS

SOURCE = Source("…未満", "このテスト")
MONTHS = range(1, 13)
EARLY_UP_TO = (36, 6)


def limit(number: int, unit: AgeUnit = AgeUnit.MONTHS, *, inclusive: bool = False) -> AgeLimit:
    return AgeLimit(number, unit, "…未満", SOURCE, inclusive=inclusive)


def last_day(rule: AgeLimit, born: date) -> date | None:
    return age_period(rule, Facts(birth_date=born)).last


# ages


def test_age__in_months_is_that_of_the_calendar_for_every_birth_of_five_years() -> None:
    exclusive = {months: limit(months) for months in MONTHS}
    inclusive = {months: limit(months, inclusive=True) for months in MONTHS}
    for born in births(2023, 2027):
        for months, reached in zip(MONTHS, months_reached(born), strict=False):
            assert last_day(exclusive[months], born) == eve(reached), (born, months)
            assert last_day(inclusive[months], born) == reached, (born, months)


@pytest.mark.parametrize("wrong", ["thirty days a month", "the month's last day for a day that it lacks"])
def test_control__what_looks_like_months__parts_from_the_calendar(wrong: str) -> None:
    """Both habits of other software are seen by the walk above."""

    def reckoned(born: date, months: int) -> date:
        if wrong == "thirty days a month":
            return born + timedelta(days=30 * months)
        year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
        return date(year, month + 1, min(born.day, monthrange(year, month + 1)[1]))

    parted = [
        born
        for born in births(2023, 2027)
        for months, reached in zip(MONTHS, months_reached(born), strict=False)
        if reckoned(born, months) != reached
    ]
    assert {born.day for born in parted} >= {29, 30, 31}


@pytest.mark.parametrize("inclusive", [False, True])
def test_age__in_years_is_that_of_the_birthday(inclusive: bool) -> None:
    for born in births(2023, 2027):
        for years, birthday in enumerate(islice(birthdays(born), 2), start=1):
            expected = birthday if inclusive else eve(birthday)
            assert last_day(limit(years, AgeUnit.YEARS, inclusive=inclusive), born) == expected, (born, years)


def test_age__of_a_year_is_that_of_twelve_months() -> None:
    for born in births(2023, 2027):
        assert last_day(limit(1, AgeUnit.YEARS), born) == last_day(limit(12), born)


@pytest.mark.parametrize("number", [1, 7, 28, 120, 365])
def test_age__in_days_counts_the_day_of_birth_as_the_first(number: int) -> None:
    exclusive, inclusive = limit(number, AgeUnit.DAYS), limit(number, AgeUnit.DAYS, inclusive=True)
    for born in births(2023, 2027):
        lived = DAYS[PLACE[born] : PLACE[born] + number + 1]
        assert last_day(exclusive, born) == lived[-2]
        assert last_day(inclusive, born) == lived[-1]


def test_age__is_counted_from_the_due_date_up_to_the_week_and_day_that_the_page_names() -> None:
    rule = replace(limit(4), counted_from=CountedFrom.CORRECTED, corrected_up_to=EARLY_UP_TO)
    for due in births(2024, 2027):
        from_due = walked_end(due)
        for week, number, born in pregnancy(due):
            if (week, number) in {(22, 0), (35, 0), (36, 5), (36, 6), (37, 0), (37, 1), (40, 0), (41, 6)}:
                expected = from_due if (week, number) <= EARLY_UP_TO else walked_end(born)
                period = age_period(rule, Facts(due_date=due, birth_date=born))
                assert (period.first, period.last) == (born, expected), (due, born)


def walked_end(start: date) -> date:
    """The last day under four months."""
    return eve(next(islice(months_reached(start), 3, None)))


# applying


@pytest.mark.parametrize(("weeks", "days"), [(28, 0), (32, 0), (36, 3)])
def test_window__opens_in_the_week_of_the_calendar_or_at_an_earlier_birth(weeks: int, days: int) -> None:
    terms = replace(TERMS, application=replace(TERMS.application, opens=Opens.WEEKS, weeks=weeks, days=days))
    for due in births(2024, 2027):
        opens = next(day for week, number, day in pregnancy(due) if (week, number) == (weeks, days))
        assert application_window(Facts(due_date=due), terms).opens_on == opens
        for born in around(opens):
            window = application_window(Facts(due_date=due, birth_date=born), terms)
            assert window.opens_on == min(born, opens)


@pytest.mark.parametrize("months", [1, 2, 3, 14])
def test_window__opens_so_many_leaves_of_the_calendar_before_the_due_date(months: int) -> None:
    rule = replace(TERMS.application, opens=Opens.MONTHS_BEFORE_DUE, months=months)
    terms = replace(TERMS, application=rule)
    for due in births(2024, 2027):
        opens = months_earlier(due, months)
        assert application_window(Facts(due_date=due), terms).opens_on == opens
        for born in around(opens):
            assert application_window(Facts(due_date=due, birth_date=born), terms).opens_on == min(born, opens)


def around(day: date) -> Iterable[date]:
    return DAYS[PLACE[day] - 1 : PLACE[day] + 2]


# certificates


def test_certificate__changes_in_july() -> None:
    rule = ProofRule(TERMS.documents, ProofWorks.ALWAYS, SOURCE, fiscal_year_from_month=7)
    household = HouseholdClass("tax_exempt", "非課税世帯", "非課税の世帯", rule)
    for day, year in certificate_years():
        certificate = certificate_for(household, day)
        assert certificate
        assert certificate.fiscal_year == year, day


# what holds whatever the numbers

BIRTHS = st.dates(date(2022, 1, 1), date(2028, 12, 31))
NUMBERS = st.sampled_from(MONTHS)
UNITS = st.sampled_from([AgeUnit.DAYS, AgeUnit.MONTHS])


@given(st.lists(BIRTHS, min_size=2, max_size=2), NUMBERS, UNITS, st.booleans())
def test_last_day__never_comes_sooner_for_a_later_birth(
    born: list[date], number: int, unit: AgeUnit, inclusive: bool
) -> None:
    rule = limit(number, unit, inclusive=inclusive)
    earlier, later = (last_day(rule, day) for day in sorted(born))
    assert earlier
    assert later
    assert earlier <= later


@given(BIRTHS, st.lists(NUMBERS, min_size=2, max_size=2, unique=True), UNITS, st.booleans())
def test_last_day__comes_later_for_a_higher_age(born: date, numbers: list[int], unit: AgeUnit, inclusive: bool) -> None:
    lower, higher = (last_day(limit(number, unit, inclusive=inclusive), born) for number in sorted(numbers))
    assert lower
    assert higher
    assert lower < higher


@given(BIRTHS, NUMBERS, st.data())
def test_period__holds_every_day_under_the_age_and_no_other(born: date, months: int, data: st.DataObject) -> None:
    period = age_period(limit(months), Facts(birth_date=born))
    day = data.draw(st.dates(born - timedelta(days=40), born + timedelta(days=420)))
    reached = sum(1 for turned in islice(months_reached(born), months) if turned <= day)
    assert period.holds(day, day) == (born <= day and reached < months)
