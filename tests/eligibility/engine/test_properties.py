"""What must hold for any use of any programme: no negative money, no cheaper late cancel, no units out of nothing."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eligibility.engine import (
    ANYWHERE,
    TOKYO,
    Amount,
    Counts,
    Entered,
    Facts,
    Family,
    Place,
    Plan,
    Terms,
    Unpublished,
    Use,
    Yen,
    cancel,
    no_show,
    plan_use,
    quote,
    standard_grant,
)
from eligibility.engine.amounts import unpublished_amounts
from eligibility.programmes import load_programme
from tests.eligibility.engine.cancelled import deadline, fee, tier, with_tiers
from tests.eligibility.kodaira import ROOT, day, family
from tests.eligibility.sixth import FIRST

FILES = [*ROOT.glob("fixtures/programmes/*.yaml"), FIRST]
PROGRAMMES = {path.stem: load_programme(path).terms for path in FILES}
SERVICES = sorted((name, service.code) for name, terms in PROGRAMMES.items() for service in terms.services)
BORN = date(2026, 1, 15)
DAYS = st.dates(BORN, date(2026, 5, 30))
OFFSETS = st.integers(-10 * 86_400, 2 * 86_400)
"""Seconds from the first day's midnight."""
HOURS = st.sampled_from([None, 0.5, 1.0, 1.5, 2.0, 3.0])


@st.composite
def uses(draw: st.DrawFn, terms: Terms, code: str) -> Use:
    service, first = terms.service(code), draw(DAYS)
    nights = draw(st.integers(1, 8)) if service.kind == "stay" else 0
    hours = draw(HOURS) if service.duration else None
    return Use(code, first, first + timedelta(days=nights), hours=hours, number=draw(st.integers(1, 99)))


@st.composite
def households(draw: st.DrawFn, terms: Terms) -> Facts:
    household = draw(st.sampled_from([household.code for household in terms.classes]))
    who = draw(st.sampled_from(Family))
    return Facts(birth_date=BORN, children=draw(st.integers(1, 3)), family=who, household_class=household)


@st.composite
def places(draw: st.DrawFn, terms: Terms) -> Place:
    """Nowhere in particular, or a facility for which every unpublished amount was entered."""
    keys = [unpublished.key for unpublished, _label in unpublished_amounts(terms)]
    amount = Yen(draw(st.integers(1, 20_000)))
    return draw(st.sampled_from([ANYWHERE, Place(entered=tuple(Entered(key, amount) for key in keys))]))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Terms, Use, Facts, Place]:
    name, code = draw(st.sampled_from(SERVICES))
    terms = PROGRAMMES[name]
    return terms, draw(uses(terms, code)), draw(households(terms)), draw(places(terms))


@st.composite
def holdings(draw: st.DrawFn) -> tuple[Terms, Use, Facts, list[Use]]:
    """A use that is asked for, and uses of the same programme that are held already."""
    terms, use, facts, _place = draw(cases())
    codes = st.sampled_from([service.code for service in terms.services])
    held = draw(st.lists(codes.flatmap(lambda code: uses(terms, code)), max_size=4))
    return terms, use, facts, held


def never_cheaper(earlier: Amount, later: Amount) -> bool:
    """What is not published may be anything, but does not turn into nothing."""
    if isinstance(later, Unpublished):
        return True
    return later > 0 if isinstance(earlier, Unpublished) else earlier <= later


def moment(use: Use, seconds: int) -> datetime:
    return datetime.combine(use.first_day, time(), TOKYO) + timedelta(seconds=seconds)


@given(cases())
def test_quote__is_never_negative_and_the_sum_of_its_lines(case: tuple[Terms, Use, Facts, Place]) -> None:
    terms, use, facts, place = case
    price = quote(use, facts=facts, terms=terms, place=place)
    amounts = [line.amount for line in price.lines]
    if isinstance(price.total, Unpublished):
        assert any(isinstance(amount, Unpublished) for amount in amounts)
    else:
        assert price.total == sum(amount for amount in amounts if not isinstance(amount, Unpublished)) >= 0


@given(cases(), st.lists(OFFSETS, min_size=2, max_size=4))
def test_cancel__is_never_cheaper_later(case: tuple[Terms, Use, Facts, Place], offsets: list[int]) -> None:
    terms, use, facts, place = case
    found = [
        cancel(use, facts=facts, terms=terms, contact_at=moment(use, offset), place=place) for offset in sorted(offsets)
    ]
    found.append(no_show(use, facts=facts, terms=terms, place=place))
    for earlier, later in pairwise(found):
        assert never_cheaper(earlier.total, later.total)
        assert all(number <= later.counted.get(pool, 0) for pool, number in earlier.counted.items())


@given(
    st.lists(st.tuples(st.integers(0, 10), st.booleans(), st.integers(0, 3), st.integers(0, 500)), max_size=4),
    DAYS,
    st.lists(OFFSETS, min_size=2, max_size=4),
)
def test_cancel__is_never_cheaper_later_whatever_order_the_deadlines_fall_in(
    steps: list[tuple[int, bool, int, int]], first: date, offsets: list[int]
) -> None:
    """Tiers that grow harsher, in calendar and in working days, which may overtake one another."""
    owed, units, tiers = 0, 0, []
    for days, working, more_units, more_yen in steps:
        owed, units = owed + more_yen, units + more_units
        amount = fee(amount=Yen(owed), amount_multiples=Yen(owed))
        tiers.append(tier(deadline(days, working=working), amount, Counts.SOME, units))
    last = tier(deadline(0), fee(amount=Yen(owed), amount_multiples=Yen(owed)), Counts.ALL)
    terms, use = with_tiers("day_service", *tiers, last), day(first)
    found = [cancel(use, facts=family(), terms=terms, contact_at=moment(use, offset)) for offset in sorted(offsets)]
    for earlier, later in pairwise(found):
        assert never_cheaper(earlier.total, later.total)
        assert all(number <= later.counted.get(pool, 0) for pool, number in earlier.counted.items())


@given(cases(), OFFSETS)
def test_cancel__gives_back_or_counts_every_unit(case: tuple[Terms, Use, Facts, Place], offset: int) -> None:
    terms, use, facts, place = case
    plan = plan_use(use, facts=facts, grant=standard_grant(facts, terms), terms=terms, on=BORN, place=place)
    found = cancel(use, facts=facts, terms=terms, contact_at=moment(use, offset), place=place)
    for consequence in (found, no_show(use, facts=facts, terms=terms, place=place)):
        pools = [*consequence.counted, *consequence.returned]
        assert {
            pool: consequence.counted.get(pool, 0) + consequence.returned.get(pool, 0) for pool in pools
        } == plan.units


@given(holdings())
def test_plan_use__never_leaves_more_for_more_units(case: tuple[Terms, Use, Facts, list[Use]]) -> None:
    terms, use, facts, held = case
    plans = [planned(use, facts, terms, held[:number]) for number in range(len(held) + 1)]
    plans.append(planned(replace(use, last_day=use.last_day + timedelta(days=1)), facts, terms, held))
    for fewer, more in pairwise(plans):
        assert all(0 <= more.left_before[pool] <= left for pool, left in fewer.left_before.items())
        if not more.beyond:  # a use beyond the limit takes nothing
            assert all(0 <= more.left_after[pool] <= left for pool, left in fewer.left_after.items())


@given(holdings())
def test_plan_use__never_allows_more_than_is_left(case: tuple[Terms, Use, Facts, list[Use]]) -> None:
    terms, use, facts, held = case
    plan = planned(use, facts, terms, held)
    if plan.allowed:
        assert all(plan.units[pool] <= left for pool, left in plan.left_before.items() if not plan.beyond)


def planned(use: Use, facts: Facts, terms: Terms, held: list[Use]) -> Plan:
    return plan_use(use, facts=facts, grant=standard_grant(facts, terms), terms=terms, on=BORN, held=held)
