"""When one may apply and until when one may use: the day and its arithmetic."""

from datetime import date

import pytest

from eligibility.engine import Facts, application_window, differences, use_period
from tests.eligibility.kodaira import BORN, TERMS, family


def test_application_window__opens_at_birth_when_the_child_comes_earlier() -> None:
    window = application_window(Facts(due_date=date(2026, 4, 30), birth_date=date(2026, 3, 1)), TERMS)
    assert window.opens_on == date(2026, 3, 1)
    assert window.arithmetic == "32週0日より前の3月1日に生まれたので、その日から"


def test_application_window__opens_at_week_32_for_a_child_born_later() -> None:
    window = application_window(Facts(due_date=date(2026, 4, 30), birth_date=date(2026, 4, 20)), TERMS)
    assert window.opens_on == date(2026, 3, 5)


def test_application_window__opens_at_birth_when_the_due_date_is_unknown() -> None:
    window = application_window(Facts(birth_date=BORN), TERMS)
    assert window.opens_on == BORN
    assert window.arithmetic == "1月15日に生まれたので、その日から"


def test_application_window__is_unknown_without_a_day() -> None:
    window = application_window(Facts(), TERMS)
    assert window.opens_on is None
    assert window.source.text == "妊娠9か月(32週)以降に申請ができます。"


@pytest.mark.parametrize(
    ("born", "last", "arithmetic"),
    [
        (date(2025, 10, 31), date(2026, 2, 28), "10月31日から4か月 → 2月に31日がないので2月28日"),
        (date(2027, 10, 29), date(2028, 2, 28), "10月29日から4か月 → 2月29日の前日"),
        (date(2025, 11, 1), date(2026, 2, 28), "11月1日から4か月 → 3月1日の前日"),
    ],
)
def test_use_period__says_why_a_month_end_is_the_last_day(born: date, last: date, arithmetic: str) -> None:
    period = use_period("short_stay", Facts(birth_date=born), TERMS)
    assert (period.first, period.last, period.arithmetic) == (born, last, arithmetic)
    assert not period.provisional


def test_use_period__is_provisional_before_birth() -> None:
    period = use_period("day_service", Facts(due_date=date(2026, 4, 30)), TERMS)
    assert period.provisional
    assert period.last == date(2026, 8, 29)
    assert period.arithmetic == "予定日 4月30日から4か月 → 8月30日の前日"


def test_use_period__is_unknown_without_a_day() -> None:
    period = use_period("day_service", Facts(), TERMS)
    assert (period.first, period.last) == (None, None)
    assert not period.holds(BORN, BORN)


def test_period__holds_a_stay_only_with_its_last_day() -> None:
    period = use_period("short_stay", family(), TERMS)
    assert period.holds(date(2026, 5, 13), date(2026, 5, 14))
    assert not period.holds(date(2026, 5, 13), date(2026, 5, 15))
    assert not period.holds(date(2026, 1, 14), date(2026, 1, 16))


def test_differences__name_every_service_when_the_birth_is_recorded() -> None:
    due = Facts(due_date=date(2026, 1, 20))
    moved = differences(due, Facts(due_date=date(2026, 1, 20), birth_date=BORN), TERMS)
    assert [item.code for item in moved] == [service.code for service in TERMS.services]
    assert (moved[0].before.arithmetic, moved[0].after.arithmetic) == (
        "予定日 1月20日から4か月 → 5月20日の前日",
        "1月15日から4か月 → 5月15日の前日",
    )


def test_differences__name_the_window_when_it_opens_earlier() -> None:
    due = date(2026, 4, 30)
    moved = differences(Facts(due_date=due), Facts(due_date=due, birth_date=date(2026, 2, 1)), TERMS)
    assert moved[0].code == "application_window"


def test_differences__are_none_for_the_same_facts() -> None:
    assert differences(family(), family(), TERMS) == ()
