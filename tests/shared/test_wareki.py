"""Dates as letters write them and as people type them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from postpartum_portal.shared import wareki
from postpartum_portal.shared.wareki import WarekiError

TUESDAY = date(2026, 3, 10)


def test_formats__are_those_of_letters_and_screens():
    assert wareki.full(TUESDAY) == "令和8年3月10日(火)"
    assert wareki.no_weekday(TUESDAY) == "令和8年3月10日"
    assert wareki.short(TUESDAY) == "3月10日(火)"
    assert wareki.month(TUESDAY) == "令和8年3月"
    assert wareki.era_year(TUESDAY) == "令和8年"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 29), "明治45年7月29日"),
    ],
)
def test_an_era__begins_on_its_day(day, words):
    assert wareki.no_weekday(day) == words


@pytest.mark.parametrize(
    ("day", "year", "number"),
    [
        (date(2020, 3, 31), 2019, "31"),
        (date(2026, 3, 31), 2025, "7"),
        (date(2026, 4, 1), 2026, "8"),
        (date(2026, 12, 31), 2026, "8"),
    ],
)
def test_fiscal_year__runs_from_april_to_march(day, year, number):
    assert wareki.fiscal_year(day) == year
    assert wareki.fiscal_year_number(year) == number


def test_times__are_those_of_screens_in_tokyo():
    assert wareki.clock_time(time(16)) == "16:00"
    assert wareki.clock_time(time(9, 58)) == "9:58"


def test_times__of_an_aware_moment_are_told_in_tokyo():
    assert wareki.clock_time(datetime(2026, 6, 9, 7, 0, tzinfo=UTC)) == "16:00"
    assert wareki.moment(datetime(2026, 6, 9, 15, 5, tzinfo=UTC)) == "6月10日(水) 0:05"


@pytest.mark.parametrize(
    ("year", "day"),
    [
        ("2026", date(2026, 1, 7)),
        ("２０２６", date(2026, 1, 7)),
        ("2026年", date(2026, 1, 7)),
        ("R8", date(2026, 1, 7)),
        ("ｒ８", date(2026, 1, 7)),
        ("令8", date(2026, 1, 7)),
        ("令和8", date(2026, 1, 7)),
        (" 令和８年 ", date(2026, 1, 7)),
        ("㋿8", date(2026, 1, 7)),
        ("H31", date(2019, 1, 7)),
        ("昭和63年", date(1988, 1, 7)),
        ("S64", date(1989, 1, 7)),
    ],
)
def test_date_of__takes_the_years_that_people_type(year, day):
    assert wareki.date_of(year, "1", "7") == day


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ("", "年を入力してください。"),
        ("8", wareki.YEAR_HINT),
        ("元", wareki.YEAR_HINT),
        ("2_26", wareki.YEAR_HINT),
        ("X8", wareki.YEAR_HINT),
        ("H32", "平成は31年までです。年を確かめてください。"),
        ("R0", "令和は元年からです。年を確かめてください。"),
        ("9999", f"9999年は入力できません。{wareki.YEAR_HINT}"),
    ],
)
def test_date_of__says_what_to_do_about_a_year(year, sentence):
    with pytest.raises(WarekiError) as refused:
        wareki.date_of(year, "1", "7")
    assert (str(refused.value), refused.value.part) == (sentence, "year")


@pytest.mark.parametrize(
    ("typed", "part", "sentence"),
    [
        (("2026", "4", "31"), "day", "4月は30日までです。日を確かめてください。"),
        (("R8", "2", "29"), "day", "2026年2月は28日までです。日を確かめてください。"),
        (("2026", "13", "1"), "month", "月は1から12までの数字で入力してください。"),
        (("2026", "1", "0"), "day", "日は1から31までの数字で入力してください。"),
        (("2026", "3", ""), "day", "日を入力してください。"),
        (("H31", "5", "1"), "year", "この日は令和元年5月1日です。年を令和元年と入力してください。"),
        (("令和元年", "4", "30"), "year", "この日は平成31年4月30日です。年を平成31年と入力してください。"),
        (("1868", "9", "7"), "year", "明治元年9月8日より前の日付は扱えません。"),
    ],
)
def test_date_of__says_what_to_do_about_a_day(typed, part, sentence):
    with pytest.raises(WarekiError) as refused:
        wareki.date_of(*typed)
    assert (str(refused.value), refused.value.part) == (sentence, part)


def test_date_of__takes_units_and_any_width():
    assert wareki.date_of("令和8", "３月", "5日") == date(2026, 3, 5)


def test_what_is_printed__can_be_typed_again():
    for step in range(0, 60_000, 13):
        day = date(1900, 1, 1) + timedelta(days=step)
        assert wareki.date_of(wareki.era_year(day), str(day.month), str(day.day)) == day
