"""When one may apply and until when one may use: the day and its arithmetic."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import (
    ANYWHERE,
    AgeLimit,
    AgeUnit,
    Facts,
    Family,
    Opens,
    Place,
    Source,
    Window,
    WindowKind,
    age_period,
    application_window,
    differences,
    use_period,
)
from eligibility.engine.windows import sure_period
from tests.eligibility.five import KAWASAKI, KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.kodaira import BORN, TERMS, family

DUE = date(2026, 4, 30)
SOURCE = Source("生後4か月未満", "見本の一覧")
UNDER_4_MONTHS = AgeLimit(4, AgeUnit.MONTHS, "生後4か月未満", SOURCE)
KAMOME = Place("かもめ助産院", age_limit=UNDER_4_MONTHS)


# applying


def window(municipality: str, **known: object) -> Window:
    return application_window(Facts(**known), terms_of(municipality))  # type: ignore[arg-type]


def test_application_window__k1_opens_in_week_32() -> None:
    found = application_window(Facts(due_date=DUE), TERMS)
    assert (found.opens_on, found.kind) == (date(2026, 3, 5), WindowKind.DATED)
    assert found.arithmetic == "予定日 4月30日の56日前(32週0日)"
    assert not found.is_open(date(2026, 3, 4))
    assert found.is_open(date(2026, 3, 5))


def test_application_window__opens_at_birth_when_the_child_comes_earlier() -> None:
    found = application_window(Facts(due_date=DUE, birth_date=date(2026, 3, 1)), TERMS)
    assert found.opens_on == date(2026, 3, 1)
    assert found.arithmetic == "32週0日より前の3月1日に生まれたので、その日から"


def test_application_window__opens_at_week_32_for_a_child_born_later() -> None:
    found = application_window(Facts(due_date=DUE, birth_date=date(2026, 4, 20)), TERMS)
    assert found.opens_on == date(2026, 3, 5)


def test_application_window__opens_at_birth_when_the_due_date_is_unknown() -> None:
    found = application_window(Facts(birth_date=BORN), TERMS)
    assert found.opens_on == BORN
    assert found.arithmetic == "1月15日に生まれたので、その日から"


@pytest.mark.parametrize("municipality", [KAWASAKI, OKAYAMA])
def test_application_window__is_unknown_without_a_day(municipality: str) -> None:
    found = window(municipality)
    assert (found.opens_on, found.kind) == (None, WindowKind.UNKNOWN)
    assert found.arithmetic == "出産予定日か生まれた日がわかると計算できます。"
    assert not found.is_open(DUE)


def test_application_window__o1_opens_two_calendar_months_before_the_due_date() -> None:
    found = window(OKAYAMA, due_date=DUE)
    assert found.opens_on == date(2026, 2, 28)
    assert found.arithmetic == "予定日 4月30日の2か月前(2月に30日がないので2月28日)"
    assert window(OKAYAMA, due_date=date(2026, 5, 1)).arithmetic == "予定日 5月1日の2か月前"


def test_application_window__of_months_opens_at_an_earlier_birth() -> None:
    found = window(OKAYAMA, due_date=DUE, birth_date=date(2026, 2, 1))
    assert found.opens_on == date(2026, 2, 1)
    assert found.arithmetic == "予定日の2か月前より前の2月1日に生まれたので、その日から"
    assert window(OKAYAMA, birth_date=BORN).opens_on == BORN


def test_application_window__g5_has_a_word_and_no_day_and_turns_nobody_away() -> None:
    found = window(KUMAGAYA, due_date=DUE)
    assert (found.opens_on, found.kind, found.arithmetic) == (None, WindowKind.UNPUBLISHED, "妊娠後期")
    assert found.is_open(date(2026, 1, 1))


def test_application_window__with_a_word_only_is_open_from_birth_at_the_latest() -> None:
    found = window(KUMAGAYA, due_date=DUE, birth_date=BORN)
    assert (found.opens_on, found.kind) == (BORN, WindowKind.DATED)
    assert found.arithmetic == "妊娠後期。おそくとも、生まれた1月15日から"


def test_application_window__is_open_at_any_time() -> None:
    found = window(ZUSHI)
    assert (found.opens_on, found.kind, found.arithmetic) == (None, WindowKind.ANY_TIME, "いつでも")
    assert found.is_open(date(2026, 1, 1))


def test_application_window__waits_for_the_birth() -> None:
    terms = replace(TERMS, application=replace(TERMS.application, opens=Opens.AT_BIRTH))
    waiting = application_window(Facts(due_date=DUE), terms)
    assert (waiting.opens_on, waiting.kind) == (None, WindowKind.UNKNOWN)
    assert waiting.arithmetic == "生まれた日から申請できます。"
    assert not waiting.is_open(DUE)
    assert application_window(Facts(due_date=DUE, birth_date=BORN), terms).opens_on == BORN


@pytest.mark.parametrize("municipality", [KAWASAKI, OKAYAMA, KUMAGAYA])
def test_application_window__after_a_loss_is_open_from_that_day_and_names_no_birth(municipality: str) -> None:
    found = window(municipality, due_date=DUE, birth_date=BORN, family=Family.BEREAVED)
    assert (found.opens_on, found.arithmetic) == (BORN, "1月15日から")
    unknown = window(municipality, due_date=DUE, family=Family.BEREAVED)
    assert (unknown.opens_on, unknown.arithmetic) == (None, "いつのことかがわかると計算できます。")


# using


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


# what moves


def test_differences__name_every_service_when_the_birth_is_recorded() -> None:
    due = Facts(due_date=date(2026, 1, 20))
    moved = differences(due, Facts(due_date=date(2026, 1, 20), birth_date=BORN), TERMS)
    assert [item.code for item in moved] == [service.code for service in TERMS.services]
    assert (moved[0].before.arithmetic, moved[0].after.arithmetic) == (
        "予定日 1月20日から4か月 → 5月20日の前日",
        "1月15日から4か月 → 5月15日の前日",
    )


def test_differences__name_the_window_when_it_opens_earlier() -> None:
    moved = differences(Facts(due_date=DUE), Facts(due_date=DUE, birth_date=date(2026, 2, 1)), TERMS)
    assert moved[0].code == "application_window"


def test_differences__name_the_window_that_a_birth_gives_a_day() -> None:
    moved = differences(Facts(due_date=DUE), Facts(due_date=DUE, birth_date=BORN), terms_of(KUMAGAYA))
    assert [(item.code, item.label) for item in moved[:1]] == [
        ("application_window", terms_of(KUMAGAYA).application.title)
    ]


def test_differences__are_none_for_the_same_facts() -> None:
    assert differences(family(), family(), TERMS) == ()
