"""Cancelling to the millisecond, in Tokyo, and not coming at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from eligibility.engine import (
    TOKYO,
    Consequence,
    ConsequenceKind,
    Terms,
    Use,
    cancel,
    deadline_of,
    no_show,
)
from tests.eligibility.kodaira import SET_BY_FACILITY, TERMS, day, family, stay, visit

JUNE = date(2026, 6, 10)
CUT_OFF = datetime(2026, 6, 9, 16, tzinfo=TOKYO)
MILLISECOND = timedelta(milliseconds=1)


def cancelled(use: Use, at: datetime, terms: Terms = TERMS, **known: object) -> Consequence:
    return cancel(use, facts=family(birth_date=date(2026, 3, 15), **known), terms=terms, contact_at=at)


def inclusive_terms() -> Terms:
    """Kodaira, had it written 「16時まで」."""
    service = TERMS.service("day_service")
    deadline = replace(service.cancellation.deadline, inclusive=True)
    return replace(TERMS, services=(replace(service, cancellation=replace(service.cancellation, deadline=deadline)),))


@pytest.mark.parametrize("use", [stay(JUNE, 2), day(JUNE), visit(JUNE, "supporter_visit")])
def test_cancel__is_free_until_a_millisecond_before_the_cut_off(use: Use) -> None:
    assert cancelled(use, CUT_OFF - MILLISECOND).kind is ConsequenceKind.IN_TIME
    assert cancelled(use, CUT_OFF).kind is ConsequenceKind.LATE


def test_cancel__counts_exactly_the_cut_off_as_in_time_where_the_rule_says_until() -> None:
    terms = inclusive_terms()
    assert cancelled(day(JUNE), CUT_OFF, terms).kind is ConsequenceKind.IN_TIME
    assert cancelled(day(JUNE), CUT_OFF + MILLISECOND, terms).kind is ConsequenceKind.LATE
    assert deadline_of(day(JUNE), terms).wording == "6月9日(火) 16:00 まで"


def test_cancel__reads_the_moment_in_tokyo_whatever_its_zone() -> None:
    in_utc = datetime(2026, 6, 9, 7, tzinfo=UTC)  # 16:00 in Tokyo
    assert cancelled(day(JUNE), in_utc).kind is ConsequenceKind.LATE
    assert cancelled(day(JUNE), in_utc - MILLISECOND).kind is ConsequenceKind.IN_TIME
    assert cancelled(day(JUNE), in_utc).findings[0].fact.startswith("6月9日(火) 16:00の連絡は")


def test_cancel__refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        cancelled(day(JUNE), datetime(2026, 6, 9, 15))


def test_cancel__says_what_comes_back() -> None:
    free = cancelled(stay(JUNE, 2), CUT_OFF - MILLISECOND)
    assert free.returned == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert (free.counted, free.total, free.money_text) == ({}, 0, "お金はかかりません。")
    assert free.headline == "いま取り消すと、3日分が戻ります"


def test_cancel__of_a_supporter_names_fee_and_count() -> None:
    late = cancelled(visit(JUNE, "supporter_visit"), CUT_OFF, household_class="public_assistance")
    assert late.headline == "いま取り消すと、1回分を使ったことになります"
    assert late.money_text == "2,000円がかかります。"
    assert [(line.label, line.arithmetic, line.amount) for line in late.lines] == [
        ("キャンセルの実費負担", "1回 2,000円", 2000)
    ]


def test_cancel__of_a_midwife_is_in_time_through_the_day_before() -> None:
    midnight = datetime.combine(JUNE, time(), TOKYO)
    assert deadline_of(visit(JUNE), TERMS).wording == "6月9日(火) まで"
    assert cancelled(visit(JUNE), midnight - MILLISECOND).kind is ConsequenceKind.IN_TIME
    late = cancelled(visit(JUNE), midnight)
    assert late.kind is ConsequenceKind.LATE
    assert (late.counted, late.returned, late.total) == ({}, {"midwife": 1}, 0)
    assert late.headline == "いま取り消すと、1回分は戻ります"
    assert late.source.reading.startswith("当日に連絡したときの負担は公表されていない。")


def test_cancel__puts_an_unpublished_fee_into_words() -> None:
    service = TERMS.service("supporter_visit")
    late = service.cancellation.late
    assert late.fee is not None
    fee = replace(late.fee, amount=SET_BY_FACILITY)
    rules = replace(service.cancellation, late=replace(late, fee=fee))
    consequence = cancelled(
        visit(JUNE, "supporter_visit"), CUT_OFF, replace(TERMS, services=(replace(service, cancellation=rules),))
    )
    assert consequence.total is SET_BY_FACILITY
    assert consequence.money_text == "お金がかかります(施設が決めた額)。"


def test_no_show__of_a_stay_is_treated_as_late() -> None:
    absent = no_show(stay(JUNE, 2), facts=family(), terms=TERMS)
    assert absent.kind is ConsequenceKind.NO_SHOW
    assert absent.counted == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert absent.total == 0
    assert absent.headline == "連絡なく来ないと、3日分を使ったことになります"


def test_no_show__follows_the_children_of_the_use() -> None:
    def owed(children: int | None) -> object:
        return no_show(visit(JUNE, children=children), facts=family(children=2), terms=TERMS).total

    assert (owed(None), owed(1)) == (13500, 9000)
