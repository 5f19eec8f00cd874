"""What must hold for any use: no negative money, no cheaper late cancel, no units out of nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import (
    TOKYO,
    Unpublished,
    Use,
    cancel,
    last_day_under,
    no_show,
    plan_use,
    quote,
    standard_grant,
)
from tests.eligibility.engine.test_dates import walked_last_day
from tests.eligibility.kodaira import TERMS, family

CLASSES = st.sampled_from([household.code for household in TERMS.classes])
DAYS = st.dates(date(2026, 1, 15), date(2026, 5, 30))


@st.composite
def uses(draw: st.DrawFn) -> Use:
    service = draw(st.sampled_from(TERMS.services))
    first = draw(DAYS)
    nights = draw(st.integers(1, 8)) if service.kind == "stay" else 0
    hours = draw(st.sampled_from([None, 0.5, 1.0, 1.5, 2.0, 3.0])) if service.duration else None
    return Use(service.code, first, first + timedelta(days=nights), hours=hours)


def yen(amount: object) -> int:
    assert isinstance(amount, int)
    assert not isinstance(amount, Unpublished)
    return amount


@given(uses(), CLASSES, st.integers(1, 3))
def test_quote__is_never_negative_and_the_sum_of_its_lines(use: Use, household: str, children: int) -> None:
    priced = quote(use, household_class=household, terms=TERMS, children=children)
    assert yen(priced.total) >= 0
    assert yen(priced.total) == sum(yen(line.amount) for line in priced.lines)


@given(uses(), st.lists(st.integers(-3 * 86_400_000, 3 * 86_400_000), min_size=2, max_size=2), st.integers(1, 3))
def test_cancel__is_never_cheaper_later(use: Use, offsets: list[int], children: int) -> None:
    noon = datetime.combine(use.first_day, datetime.min.time(), TOKYO)
    facts = family(children=children)
    earlier, later = (
        cancel(use, facts=facts, terms=TERMS, contact_at=noon + timedelta(milliseconds=offset))
        for offset in sorted(offsets)
    )
    absent = no_show(use, facts=facts, terms=TERMS)
    assert yen(earlier.total) <= yen(later.total) <= yen(absent.total)
    for pool in earlier.counted:
        assert earlier.counted[pool] <= later.counted.get(pool, 0) <= absent.counted.get(pool, 0)


@given(uses())
def test_cancel__gives_back_or_counts_every_unit(use: Use) -> None:
    consequence = no_show(use, facts=family(), terms=TERMS)
    grant = standard_grant(family(), TERMS)
    plan = plan_use(use, facts=family(), grant=grant, terms=TERMS, on=date(2026, 1, 15))
    assert {**consequence.counted, **consequence.returned} == plan.units


@given(uses(), st.lists(uses(), max_size=4))
def test_plan_use__never_leaves_more_for_more_units(use: Use, held: list[Use]) -> None:
    grant, facts = standard_grant(family(), TERMS), family()
    plans = [
        plan_use(use, facts=facts, grant=grant, terms=TERMS, on=date(2026, 1, 15), held=held[:number])
        for number in range(len(held) + 1)
    ]
    longer = replace(use, last_day=use.last_day + timedelta(days=1))
    plans.append(plan_use(longer, facts=facts, grant=grant, terms=TERMS, on=date(2026, 1, 15), held=held))
    for fewer, more in pairwise(plans):
        assert all(0 <= more.left_after[pool] <= left for pool, left in fewer.left_after.items())


@given(uses(), st.lists(uses(), max_size=4))
def test_plan_use__never_allows_more_than_is_left(use: Use, held: list[Use]) -> None:
    facts = family()
    plan = plan_use(use, facts=facts, grant=standard_grant(facts, TERMS), terms=TERMS, on=date(2026, 1, 15), held=held)
    if plan.allowed:
        assert all(plan.units[pool] <= left for pool, left in plan.left_before.items())


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 24))
def test_last_day_under__agrees_with_the_calendar_in_any_year(birth: date, months: int) -> None:
    assert last_day_under(birth, months) == walked_last_day(birth, months)
