"""Every rule of a booking on one use, without its price: what a calendar asks day by day and a plan asks once."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from eligibility.engine.booking_ahead import timing
from eligibility.engine.booking_days import closed_days, day_taken, hours, not_past, shape, vaccination
from eligibility.engine.booking_who import age, granted, who
from eligibility.engine.facts import Facts, Family
from eligibility.engine.limits import limit_findings
from eligibility.engine.place import ANYWHERE, Place
from eligibility.engine.terms import Terms
from eligibility.engine.uses import Balances, Grant, Use, balances_of, children_of, standard_grant
from eligibility.engine.values import Finding, Verdict


def judge_use(
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
) -> tuple[Finding, ...]:
    """All findings on a use that is asked for on a day, in the order of the rules. Arguments as in `plan_use`."""
    if use.last_day < use.first_day:
        raise ValueError("a use ends before it begins")
    counters = counters_of(held, balances, facts=facts, grant=grant, terms=terms)
    foreseen = _foreseen(grant, facts, terms)
    return (
        *_about_her(use, facts, grant, terms, place),
        *_about_days(use, facts, terms, held, on, applied_on, vaccination_days),
        *limit_findings(use, balances=counters, grant=foreseen, terms=terms, children=facts.counted_children),
    )


def refusals_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that speak against it."""
    return tuple(item for item in findings if item.decides and item.verdict is Verdict.UNMET)


def counters_of(
    held: Sequence[Use], balances: Balances | None, *, facts: Facts, grant: Grant, terms: Terms
) -> Balances:
    """The entitlement's counters; without them, `held` is counted against what was granted."""
    if balances is not None:
        return balances
    return balances_of(held, _foreseen(grant, facts, terms), terms, children=facts.counted_children)


def _foreseen(grant: Grant, facts: Facts, terms: Terms) -> Grant:
    """What was granted or, where one may ask for a booking before that, what the rules give."""
    early = terms.booking.before_granted is not None and grant.awaited
    return standard_grant(facts, terms) if early else grant


def _about_her(use: Use, facts: Facts, grant: Grant, terms: Terms, place: Place) -> Iterator[Finding]:
    service = terms.service(use.service)
    yield granted(service, grant, terms)
    yield from who(use, facts=facts, terms=terms, place=place)
    yield from age(use, service, facts=facts, grant=grant, terms=terms, place=place)


def _about_days(
    use: Use,
    facts: Facts,
    terms: Terms,
    held: Sequence[Use],
    on: date,
    applied_on: date | None,
    vaccination_days: Collection[date],
) -> Iterator[Finding]:
    """After a loss no child is vaccinated, and nothing is said of it."""
    service = terms.service(use.service)
    yield not_past(use, terms.booking, on)
    yield from timing(use, held=held, terms=terms, on=on, applied_on=applied_on)
    yield from shape(use, service)
    yield day_taken(use, held, terms.booking, {item.code: item.label for item in terms.services})
    yield from closed_days(use, service)
    if facts.family is not Family.BEREAVED:
        yield from vaccination(use, service, vaccination_days)
    yield from hours(use, service, children_of(use, facts))
