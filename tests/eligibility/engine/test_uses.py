"""Units, balances and grants, and pools that other municipalities count per child."""

from dataclasses import replace
from datetime import date, time

import pytest

from eligibility.engine import (
    HOLDS_DAYS,
    HOLDS_UNITS,
    Balance,
    Duration,
    Family,
    PoolScope,
    UnitKind,
    Use,
    UseStatus,
    balances_of,
    children_of,
    standard_grant,
    units_of,
)
from eligibility.engine.uses import NOT_FREE
from tests.eligibility.engine.planned import with_service
from tests.eligibility.kodaira import TERMS, day, family, stay, visit

MARCH = date(2026, 3, 2)


@pytest.mark.parametrize("nights", range(1, 7))
def test_units_of__counts_both_ends_of_a_stay(nights: int) -> None:
    assert units_of(stay(MARCH, nights), TERMS) == {
        "stay_and_day": nights + 1,
        "stay": nights + 1,
        "stay_nights": nights,
    }


def test_units_of__counts_days_and_visits() -> None:
    assert units_of(day(MARCH), TERMS) == {"stay_and_day": 1, "day": 1}
    assert units_of(visit(MARCH), TERMS) == {"midwife": 1}


def test_units_of__counts_each_day_of_a_day_service_as_a_use() -> None:
    terms = replace(TERMS, pools=(replace(TERMS.pool("stay_and_day"), unit=UnitKind.USES),))
    assert units_of(Use("day_service", MARCH, date(2026, 3, 4)), terms) == {"stay_and_day": 3}
    assert units_of(stay(MARCH, 2), terms) == {"stay_and_day": 1}


def test_units_of__counts_started_hours_and_no_nights_of_a_day() -> None:
    hours = replace(TERMS.pool("supporter"), unit=UnitKind.HOURS)
    nights = replace(TERMS.pool("day"), unit=UnitKind.NIGHTS)
    terms = replace(TERMS, pools=(hours, nights))
    assert units_of(visit(MARCH, "supporter_visit", hours=1.5), terms) == {"supporter": 2}
    assert units_of(day(MARCH), terms) == {"day": 0}
    without = replace(TERMS.service("supporter_visit"), duration=None)
    assert units_of(visit(MARCH, "supporter_visit"), replace(terms, services=(without,))) == {"supporter": 0}


@pytest.mark.parametrize(("of_birth", "coming", "units"), [(1, None, 1), (1, 1, 1), (2, None, 2), (2, 1, 1), (2, 2, 2)])
def test_units_of__takes_the_longest_hours_until_they_are_agreed(of_birth: int, coming: int | None, units: int) -> None:
    pool = replace(TERMS.pool("midwife"), unit=UnitKind.HOURS)
    minutes = Duration(60, 90, TERMS.application.source)
    terms = replace(with_service("midwife_visit", duration=minutes), pools=(pool,))
    asked = visit(MARCH, children=coming)
    assert units_of(asked, terms, children=of_birth) == {"midwife": units}
    assert balances_of([asked], standard_grant(family(), terms), terms, children=of_birth)["midwife"].used == units


def test_children_of__is_those_who_come_along_and_one_after_a_loss() -> None:
    twins = family(children=2)
    assert (children_of(day(MARCH), twins), children_of(visit(MARCH, children=1), twins)) == (2, 1)
    assert children_of(visit(MARCH), family(children=2, family=Family.BEREAVED)) == 1


def test_order__is_by_day_then_hour_then_number() -> None:
    asked_for = Use("day_service", MARCH, MARCH)
    uses = [
        visit(date(2026, 3, 1), number=9),
        visit(MARCH, number=7),
        asked_for,
        visit(MARCH, start_time=time(9), number=8),
        visit(MARCH, start_time=time(13), number=1),
        stay(date(2026, 3, 3), 2),
    ]
    shuffled = [uses[place] for place in (4, 2, 5, 0, 3, 1)]
    assert sorted(shuffled, key=lambda use: use.order) == uses


def test_balances_of__leaves_released_uses_out() -> None:
    held = [replace(visit(MARCH), status=status) for status in UseStatus]
    assert balances_of(held, standard_grant(family(), TERMS), TERMS)["midwife"] == Balance(limit=2, used=3)
    assert Balance(limit=2, used=3).left == 0


def test_use_status__sets_cover_every_state() -> None:
    assert HOLDS_DAYS < HOLDS_UNITS
    assert HOLDS_UNITS < NOT_FREE
    assert NOT_FREE | {UseStatus.RELEASED} == set(UseStatus)


def test_balances_of__counts_a_service_that_was_not_granted_against_nothing() -> None:
    grant = standard_grant(family(), TERMS, services=["day_service"])
    assert balances_of([visit(MARCH)], grant, TERMS)["midwife"] == Balance(limit=0, used=1)


def test_standard_grant__multiplies_pools_that_count_per_child() -> None:
    per_child = replace(TERMS.pool("stay_and_day"), per=PoolScope.CHILD)
    terms = replace(TERMS, pools=(per_child, *TERMS.pools[1:]))
    grant = standard_grant(family(children=2), terms)
    assert (grant.limits["stay_and_day"], grant.limits["midwife"]) == (14, 2)
    assert standard_grant(family(children=2, family=Family.BEREAVED), terms).limits["stay_and_day"] == 7
