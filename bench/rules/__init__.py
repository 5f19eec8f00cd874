"""Rules: one explained evaluation of a household, and how the time grows with their number.

An evaluation says whether she may use the programme, from when she may apply, until when each service may be used and
what it costs her: with findings, arithmetic and sources. The ceiling is a bare function of the same rules of Kodaira,
written by hand, that returns values only (`bare.py`). The same is measured for booking a stay. A statement sent to the
database would end the run.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.db import connection

from bench.rounds import Figure, times_faster
from bench.rules import bare
from bench.rules.households import ON, facts_of, households
from eligibility import engine
from eligibility.programmes import load_programme

FILE = Path(__file__).parents[2] / "fixtures" / "programmes" / "132110-kodaira-2024-08-23.yaml"
FEW, MANY = 2_000, 20_000


def measure() -> Iterator[Figure]:
    terms = load_programme(FILE).terms
    some = households(MANY)
    told = [facts_of(one) for one in some]
    asked = [(facts, _stay(one), engine.standard_grant(facts, terms)) for one, facts in zip(some, told, strict=True)]
    _agree(some[:FEW], terms)

    def assess(number: int) -> Callable[[], object]:
        return lambda: _one_by_one(engine.assess(facts, terms, on=ON) for facts in told[:number])

    def plan() -> None:
        _one_by_one(
            engine.plan_use(use, facts=facts, grant=grant, terms=terms, on=ON) for facts, use, grant in asked[:FEW]
        )

    def may_use() -> None:
        _one_by_one(bare.may_use(one, ON) for one in some[:FEW])

    def may_book() -> None:
        _one_by_one(bare.may_book(one, ON) for one in some[:FEW])

    with connection.execute_wrapper(_refuse):
        yield Figure("explained_vs_bare", times_faster(may_use, than=assess(FEW)), "x")
        yield Figure("growth_20000_vs_2000", times_faster(assess(FEW), than=assess(MANY)), "x")
        yield Figure("booking_explained_vs_bare", times_faster(may_book, than=plan), "x")


def _one_by_one(answers: Iterable[object]) -> None:
    """Each answer is let go before the next, as a request does."""
    deque(answers, maxlen=0)


def _stay(one: bare.Household) -> engine.Use:
    return engine.Use("short_stay", one.first_day, one.last_day)


def _agree(some: Sequence[bare.Household], terms: engine.Terms) -> None:
    """A ratio means something only between two that give the same answer."""
    for one in some:
        facts = facts_of(one)
        assessment = engine.assess(facts, terms, on=ON)
        prices = tuple(outlook.price.amount for outlook in assessment.services)
        eligible = assessment.verdict is engine.Verdict.MET
        last = assessment.services[0].period.last
        ours = (eligible, assessment.may_apply(ON), assessment.opens_on, last, prices)
        plan = engine.plan_use(_stay(one), facts=facts, grant=engine.standard_grant(facts, terms), terms=terms, on=ON)
        if ours != bare.may_use(one, ON):
            raise AssertionError(f"{one}: {ours} is not {bare.may_use(one, ON)}")
        if (plan.allowed, plan.quote.total, plan.cancel.at) != bare.may_book(one, ON):
            raise AssertionError(f"{one}: {plan.findings} is not {bare.may_book(one, ON)}")


def _refuse(_execute: object, sql: str, *_rest: Any) -> NoReturn:
    raise AssertionError(f"the rules asked the database: {sql}")
