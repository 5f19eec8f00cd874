"""Until when one may use: the last day and its arithmetic, by age, corrected age and a facility's own."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import ANYWHERE, AgeLimit, AgeUnit, Facts, Family, Place, Source, age_period, use_period
from eligibility.engine.windows import sure_period
from tests.eligibility.five import KAWASAKI, KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.kodaira import BORN, TERMS, family

DUE = date(2026, 4, 30)
SOURCE = Source("生後4か月未満", "見本の一覧")
UNDER_4_MONTHS = AgeLimit(4, AgeUnit.MONTHS, "生後4か月未満", SOURCE)
KAMOME = Place("かもめ助産院", age_limit=UNDER_4_MONTHS)


@pytest.mark.parametrize(
    ("born", "last", "arithmetic"),
    [
        (BORN, date(2026, 5, 14), "1月15日から4か月 → 5月15日の前日"),
        (date(2025, 10, 31), date(2026, 2, 28), "10月31日から4か月 → 2月に31日がないので2月28日"),
        (date(2027, 10, 29), date(2028, 2, 28), "10月29日から4か月 → 2月29日の前日"),
        (date(2025, 11, 1), date(2026, 2, 28), "11月1日から4か月 → 3月1日の前日"),
    ],
)
def test_use_period__says_why_a_month_end_is_the_last_day(born: date, last: date, arithmetic: str) -> None:
    period = use_period("short_stay", Facts(birth_date=born), TERMS)
    assert (period.first, period.last, period.arithmetic) == (born, last, arithmetic)
    assert not period.provisional


@pytest.mark.parametrize(
    ("limit", "born", "last", "arithmetic"),
    [
        ((1, AgeUnit.YEARS), date(2026, 1, 15), date(2027, 1, 14), "1月15日から1年 → 翌年1月15日の前日"),
        ((1, AgeUnit.YEARS), date(2024, 2, 29), date(2025, 2, 28), "2月29日から1年 → 翌年2月に29日がないので2月28日"),
        ((2, AgeUnit.YEARS), date(2026, 1, 15), date(2028, 1, 14), "1月15日から2年 → 2年後の1月15日の前日"),
        ((12, AgeUnit.MONTHS), date(2026, 1, 15), date(2027, 1, 14), "1月15日から12か月 → 翌年1月15日の前日"),
        ((28, AgeUnit.DAYS), date(2026, 1, 15), date(2026, 2, 11), "1月15日から28日 → 2月12日の前日"),
        ((3, AgeUnit.MONTHS), date(2026, 1, 31), date(2026, 4, 30), "1月31日から3か月 → 4月に31日がないので4月30日"),
    ],
)
def test_age_period__counts_in_days_months_and_years(
    limit: tuple[int, AgeUnit], born: date, last: date, arithmetic: str
) -> None:
    period = age_period(AgeLimit(*limit, "…未満", SOURCE), Facts(birth_date=born))
    assert (period.last, period.arithmetic) == (last, arithmetic)


@pytest.mark.parametrize(
    ("limit", "born", "last", "arithmetic"),
    [
        ((1, AgeUnit.MONTHS), date(2026, 1, 15), date(2026, 2, 15), "1月15日から1か月 → 2月15日"),
        ((1, AgeUnit.MONTHS), date(2026, 1, 31), date(2026, 3, 1), "1月31日から1か月 → 2月に31日がないので3月1日"),
        ((1, AgeUnit.YEARS), date(2024, 2, 29), date(2025, 3, 1), "2月29日から1年 → 翌年2月に29日がないので3月1日"),
        ((30, AgeUnit.DAYS), date(2026, 1, 15), date(2026, 2, 14), "1月15日から30日 → 2月14日"),
    ],
)
def test_age_period__may_include_the_day_on_which_the_age_is_reached(
    limit: tuple[int, AgeUnit], born: date, last: date, arithmetic: str
) -> None:
    period = age_period(AgeLimit(*limit, "…まで", SOURCE, inclusive=True), Facts(birth_date=born))
    assert (period.last, period.arithmetic) == (last, arithmetic)


def test_use_period__g1_keeps_the_month_end() -> None:
    period = use_period("short_stay", Facts(birth_date=date(2026, 1, 31)), terms_of(KUMAGAYA))
    assert period.last == date(2026, 4, 30)


def test_use_period__is_provisional_before_birth() -> None:
    period = use_period("day_service", Facts(due_date=DUE), TERMS)
    assert period.provisional
    assert period.last == date(2026, 8, 29)
    assert period.arithmetic == "予定日 4月30日から4か月 → 8月30日の前日"


def test_use_period__is_unknown_without_a_day() -> None:
    period = use_period("day_service", Facts(), TERMS)
    assert (period.first, period.last) == (None, None)
    assert not period.holds(BORN, BORN)


def test_use_period__after_a_loss_counts_from_that_day() -> None:
    facts = Facts(due_date=date(2026, 6, 1), birth_date=BORN, family=Family.BEREAVED)
    period = use_period("home_visit", facts, terms_of(OKAYAMA))
    assert (period.last, period.arithmetic) == (date(2027, 1, 14), "1月15日から1年 → 翌年1月15日の前日")
    unknown = use_period("home_visit", replace(facts, birth_date=None), terms_of(OKAYAMA))
    assert (unknown.last, unknown.arithmetic) == (None, "いつのことかがわかると計算できます。")


def test_period__holds_a_stay_only_with_its_last_day() -> None:
    period = use_period("short_stay", family(), TERMS)
    assert period.holds(date(2026, 5, 13), date(2026, 5, 14))
    assert not period.holds(date(2026, 5, 13), date(2026, 5, 15))
    assert not period.holds(date(2026, 1, 14), date(2026, 1, 16))


# corrected age

EARLY = Facts(birth_date=date(2026, 3, 1), due_date=date(2026, 4, 5))


def test_use_period__w4_counts_from_the_due_date_for_a_child_born_early() -> None:
    stay = use_period("short_stay", EARLY, terms_of(KAWASAKI))
    assert (stay.first, stay.last) == (date(2026, 3, 1), date(2026, 8, 4))
    assert stay.arithmetic == "35週0日で生まれたので、予定日 4月5日から数えます。4か月 → 8月5日の前日"
    assert stay.source.text == "（36週6日までに出生した方は修正月齢）"
    others = [use_period(code, EARLY, terms_of(KAWASAKI)).last for code in ("day_long", "day_short", "home_visit")]
    assert others == [date(2027, 4, 4)] * 3


def test_use_period__counts_from_birth_from_37_weeks_on_and_while_the_due_date_is_unknown() -> None:
    terms = terms_of(KAWASAKI)
    at_37_weeks = Facts(birth_date=date(2026, 3, 15), due_date=date(2026, 4, 5))
    assert use_period("short_stay", at_37_weeks, terms).last == date(2026, 7, 14)
    assert use_period("short_stay", replace(EARLY, due_date=None), terms).last == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("allowed", "last"), [(None, date(2027, 2, 28)), (False, date(2027, 2, 28)), (True, date(2027, 4, 4))]
)
def test_use_period__counts_from_the_due_date_where_the_centre_allows_it(allowed: bool | None, last: date) -> None:
    assert use_period("day_service", replace(EARLY, corrected_age=allowed), terms_of(ZUSHI)).last == last


def test_use_period__is_not_shortened_for_a_child_born_late() -> None:
    late = Facts(birth_date=date(2026, 4, 12), due_date=date(2026, 4, 5), corrected_age=True)
    assert use_period("day_service", late, terms_of(ZUSHI)).last == date(2027, 4, 11)


def test_use_period__never_corrects_after_a_loss() -> None:
    facts = replace(EARLY, family=Family.BEREAVED, corrected_age=True)
    assert use_period("home_visit", facts, terms_of(ZUSHI)).last == date(2027, 2, 28)


# a facility's own age


def test_use_period__ends_with_the_facility_s_own_age() -> None:
    period = use_period("day_service", family(), terms_of(ZUSHI), place=KAMOME)
    assert period.last == date(2026, 5, 14)
    assert period.arithmetic == "かもめ助産院は生後4か月未満。1月15日から4か月 → 5月15日の前日"
    assert period.source == SOURCE
    unnamed = use_period("day_service", family(), terms_of(ZUSHI), place=replace(KAMOME, name=""))
    assert unnamed.arithmetic.startswith("この施設は生後4か月未満。")


@pytest.mark.parametrize(
    ("municipality", "service", "allowed", "last"),
    [
        (KAWASAKI, "short_stay", None, date(2026, 8, 4)),
        (KAWASAKI, "day_long", None, date(2026, 8, 4)),
        (ZUSHI, "day_service", True, date(2026, 8, 4)),
        (ZUSHI, "day_service", None, date(2026, 6, 30)),
        (KUMAGAYA, "day_service", None, date(2026, 5, 31)),
    ],
)
def test_use_period__counts_a_facility_s_age_from_the_day_that_the_programme_counts_from(
    municipality: str, service: str, allowed: bool | None, last: date
) -> None:
    facts = replace(EARLY, corrected_age=allowed)
    period = use_period(service, facts, terms_of(municipality), place=KAMOME)
    assert period.last == last
    assert period.first == EARLY.birth_date


def test_use_period__is_not_widened_by_a_facility() -> None:
    older = replace(KAMOME, age_limit=replace(UNDER_4_MONTHS, number=1, unit=AgeUnit.YEARS))
    assert use_period("short_stay", family(), TERMS, place=older) == use_period("short_stay", family(), TERMS)
    assert use_period("short_stay", Facts(), TERMS, place=KAMOME).last is None


def test_use_period__after_a_loss_no_facility_s_age_of_children_bears() -> None:
    facts = family(family=Family.BEREAVED)
    assert use_period("home_visit", facts, terms_of(ZUSHI), place=KAMOME).last == date(2027, 1, 14)


def test_sure_period__ends_where_the_page_leaves_the_answer_to_the_facility() -> None:
    terms = terms_of(KAWASAKI)
    day_long = terms.service("day_long")
    sure = sure_period(day_long, family())
    assert sure
    assert sure.last == date(2026, 5, 14)
    assert sure_period(terms.service("day_short"), family()) is None
    assert sure_period(day_long, family(), place=KAMOME) is None
    assert sure_period(day_long, family(), place=ANYWHERE) == sure
    assert sure_period(day_long, family(family=Family.BEREAVED)) is None
