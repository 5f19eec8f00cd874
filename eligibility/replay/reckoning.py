"""One household under one programme. All questions to the engine are asked here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eligibility import engine
from eligibility.replay.cases import PastDecision, PastHousehold, PastUse

GONE = "この種類は、案にありません。"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Booking number → why it is refused, and → what is owed for those that are not."""

    refusals: Mapping[str, engine.Finding]
    owed: Mapping[str, engine.Amount]


def reckon(household: PastHousehold, terms: engine.Terms, *, old: engine.Terms) -> Reckoned:
    """Every use in the order in which it was asked for; one that is refused holds nothing for those after it.

    `old` are the terms by which the household was granted what it has.
    """
    facts, grant = _known(household.facts, terms), _grant(household, terms, old)
    refusals: dict[str, engine.Finding] = {}
    accepted: list[tuple[PastUse, bool]] = []
    for past in sorted(household.uses, key=lambda past: (past.asked_on, past.use.number)):
        if not offers(terms, past.use.service):
            refusals[past.number] = _gone(past, old)
            continue
        plan = engine.plan_use(
            past.use,
            facts=facts,
            grant=grant,
            terms=terms,
            on=past.asked_on,
            held=_holding(accepted),
            place=past.place,
            applied_on=household.applied_on,
        )
        # What was cancelled in time took no place in the end, so nobody minds whether it would have been refused.
        if plan.refusals and past.use.status in engine.HOLDS_UNITS:
            refusals[past.number] = plan.refusals[0]
        else:
            accepted.append((past, plan.beyond))
    owed = {past.number: _owed(past, beyond, accepted, facts, terms) for past, beyond in accepted}
    return Reckoned(refusals, owed)


def verdict(decision: PastDecision, terms: engine.Terms) -> engine.Assessment:
    """The judgement on the facts of a decision, on its day."""
    return engine.assess(_known(decision.facts, terms), terms, on=decision.on)


def period(service: str, household: PastHousehold, terms: engine.Terms) -> engine.Period:
    return engine.use_period(service, household.facts, terms)


def offers(terms: engine.Terms, service: str) -> bool:
    return terms.offers(service)


def _holding(accepted: list[tuple[PastUse, bool]]) -> tuple[engine.Use, ...]:
    return tuple(past.use for past, beyond in accepted if past.use.status in engine.HOLDS_UNITS and not beyond)


def _owed(
    past: PastUse,
    beyond: bool,
    accepted: list[tuple[PastUse, bool]],
    facts: engine.Facts,
    terms: engine.Terms,
) -> engine.Amount:
    """The price of a use among the household's others or, where it did not take place, what that costs."""
    others = [other.use for other, _ in accepted if other is not past and other.use.status in engine.HOLDS_UNITS]
    price = engine.quote(past.use, facts=facts, terms=terms, place=past.place, held=others, beyond=beyond)
    if past.contact_at is not None:
        return engine.cancel(
            past.use,
            facts=facts,
            terms=terms,
            contact_at=past.contact_at,
            price=price,
            place=past.place,
            beyond=beyond,
        ).total
    if past.not_attended:
        return engine.no_show(past.use, facts=facts, terms=terms, price=price, place=past.place, beyond=beyond).total
    return price.total


def _grant(household: PastHousehold, terms: engine.Terms, old: engine.Terms) -> engine.Grant:
    """What the rules give by these terms, and on top (or less) what the decider gave beside those of the decision."""
    facts = household.facts
    standard = engine.standard_grant(facts, terms, services=household.services)
    usual = engine.standard_grant(facts, old, services=household.services).limits
    limits = {}
    for code, limit in standard.limits.items():
        extra = household.limits.get(code, usual.get(code, limit)) - usual.get(code, limit)
        limits[code] = min(max(0, limit + extra), terms.pool(code).extended_limit_for(facts.counted_children))
    return replace(standard, limits=limits)


def _known(facts: engine.Facts, terms: engine.Terms) -> engine.Facts:
    """A class that a programme does not have counts as its first, which needs no proof."""
    codes = {item.code for item in terms.classes}
    named = facts.household_class if facts.household_class in codes else ""
    return replace(facts, household_class=named, classes=tuple(held for held in facts.classes if held.code in codes))


def _gone(past: PastUse, old: engine.Terms) -> engine.Finding:
    source = old.service(past.use.service).price.source
    return engine.Finding("service_gone", engine.Verdict.UNMET, GONE, GONE, source)
