"""Whether a use may be booked: every rule judged, the units it takes, its price, and until when it may be cancelled.

A refusal names its numbers and what can be done instead. The caller checks the counters again inside its lock.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.engine.deadlines import Deadline, deadline_of
from eligibility.engine.facts import Facts
from eligibility.engine.judging import counters_of, judge_use, refusals_of
from eligibility.engine.limits import NOTHING, goes_beyond
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.pricing import Quote, quote
from eligibility.engine.terms import Terms
from eligibility.engine.timeline import Timeline, terms_of_price
from eligibility.engine.unsaid import without_unsaid
from eligibility.engine.uses import Balances, Grant, Use, units_of
from eligibility.engine.values import Finding, Verdict, worst_first


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer to "may this be booked": findings worst first, units, quote, deadline, and what is left."""

    findings: tuple[Finding, ...]
    units: Mapping[str, int]
    """Pool code → units the use takes; none beyond the limit."""
    quote: Quote
    cancel: Deadline
    left_before: Mapping[str, int]
    left_after: Mapping[str, int]
    """Never negative; what would be left if the use were booked."""
    beyond: bool = False
    """A pool is used up and lets her go on at full price: the quote is that price, and no pool moves."""

    @property
    def allowed(self) -> bool:
        """Whether nothing speaks against it. With `asks`, it can be booked as a request only."""
        return not self.refusals

    @property
    def grantable(self) -> bool:
        """Whether staff may grant it with a recorded reason: all that speaks against it is a rule that says 原則."""
        return bool(self.refusals) and all(finding.overridable for finding in self.refusals)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        return refusals_of(self.findings)

    @property
    def asks(self) -> tuple[Finding, ...]:
        """What the page leaves to others to answer: neither yes nor no."""
        return tuple(item for item in self.findings if item.decides and item.verdict is Verdict.ASK)


def plan_use(
    use: Use,
    *,
    facts: Facts,
    grant: Grant,
    terms: Terms,
    on: date,
    held: Sequence[Use] = (),
    balances: Balances | None = None,
    vaccination_days: Collection[date] = frozenset(),
    place: Place = ANYWHERE,
    applied_on: date | None = None,
    price_terms: Terms | None = None,
    timeline: Timeline | None = None,
) -> Plan:
    """Judge a use that is asked for on a day.

    `held` are the household's other uses, without a booking that is being moved; `balances` the entitlement's counters,
    by default counted from `held`. Who, when and how much follow `terms`, those of the decision; price and cancellation
    follow `price_terms`, those in force on the day of use, where they are others and still have the service.
    """
    children = facts.counted_children
    counters = counters_of(held, balances, facts=facts, grant=grant, terms=terms)
    judged = judge_use(
        use,
        facts=facts,
        grant=grant,
        terms=terms,
        on=on,
        held=held,
        balances=counters,
        vaccination_days=vaccination_days,
        place=place,
        applied_on=applied_on,
    )
    beyond = goes_beyond(use, counters, terms, children=children)
    in_force = without_unsaid(terms_of_price(use.service, price_terms or terms, terms), facts.family)
    price = quote(use, facts=facts, terms=in_force, place=place, held=held, timeline=timeline, beyond=beyond)
    wanted = units_of(use, terms, children=children)
    left = {pool: counters.get(pool, NOTHING).left for pool in wanted}
    taken = {} if beyond else wanted
    return Plan(
        findings=worst_first([*judged, *price.findings]),
        units=taken,
        quote=price,
        cancel=deadline_of(use, in_force),
        left_before=left,
        left_after={pool: max(0, number - taken.get(pool, 0)) for pool, number in left.items()},
        beyond=beyond,
    )
