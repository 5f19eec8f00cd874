"""How numbers, days and lengths are written."""

from datetime import date

import pytest

from eligibility.engine import Unpublished
from eligibility.engine.wording import (
    day_seen_from,
    fiscal_year_text,
    full_day,
    minutes_text,
    month_days,
    not_published,
    span,
)

MARCH = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 1), "5月1日(金)"),
        (date(2027, 5, 1), "令和9年5月1日(土)"),
        (date(2019, 5, 1), "2019年5月1日(水)"),
    ],
)
def test_day_seen_from__names_the_year_where_it_is_another(day: date, said: str) -> None:
    assert day_seen_from(day, MARCH) == said


@pytest.mark.parametrize(
    ("last", "said", "weekdays"),
    [
        (date(2026, 3, 10), "3月10日", "3月10日(火)"),
        (date(2026, 3, 12), "3月10日〜12日", "3月10日(火)〜12日(木)"),
        (date(2026, 4, 1), "3月10日〜4月1日", "3月10日(火)〜4月1日(水)"),
    ],
)
def test_span__leaves_out_a_month_that_stays_the_same(last: date, said: str, weekdays: str) -> None:
    assert month_days(MARCH, last) == said
    assert span(MARCH, last) == weekdays


@pytest.mark.parametrize(("year", "said"), [(2018, "2018年度"), (2019, "令和元年度"), (2026, "令和8年度")])
def test_fiscal_year_text__is_in_the_era(year: int, said: str) -> None:
    assert fiscal_year_text(year) == said


@pytest.mark.parametrize(("minutes", "said"), [(120, "2時間"), (90, "90分"), (45, "45分")])
def test_minutes_text__is_in_hours_where_they_are_whole(minutes: int, said: str) -> None:
    assert minutes_text(minutes) == said


@pytest.mark.parametrize(
    ("reason", "who_knows", "said"),
    [
        ("公表されていません", "facility", "公表されていません。施設にお問い合わせください"),
        ("公表されていません", "centre", "公表されていません。センターにお問い合わせください"),
        ("公表されていません", "municipality", "公表されていません。市の窓口にお問い合わせください"),
        ("市へお問い合わせください。", "facility", "市へお問い合わせください"),
    ],
)
def test_not_published__names_whom_to_ask_once(reason: str, who_knows: str, said: str) -> None:
    assert not_published(Unpublished(reason, who_knows)) == said


@pytest.mark.parametrize(("day", "said"), [(date(2019, 12, 31), "2019年12月31日"), (date(2020, 1, 1), "令和2年1月1日")])
def test_full_day__is_in_the_era_from_its_first_whole_year(day: date, said: str) -> None:
    assert full_day(day) == said
