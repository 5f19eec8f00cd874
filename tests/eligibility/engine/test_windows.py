"""From when one may apply, and which days move: the day and its arithmetic."""

from dataclasses import replace
from datetime import date

import pytest

from eligibility.engine import Facts, Family, Opens, Window, WindowKind, application_window, differences
from tests.eligibility.five import KAWASAKI, KUMAGAYA, OKAYAMA, ZUSHI, terms_of
from tests.eligibility.kodaira import BORN, TERMS, family

DUE = date(2026, 4, 30)


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


def test_differences__after_a_loss_call_the_window_by_no_birth() -> None:
    lost = Facts(due_date=DUE, birth_date=BORN, family=Family.BEREAVED)
    moved = differences(Facts(due_date=DUE), lost, terms_of(OKAYAMA))
    assert moved[0].label == "申請できる時期"


def test_differences__are_none_for_the_same_facts() -> None:
    assert differences(family(), family(), TERMS) == ()
