"""What booking some days would mean. The page that asks and the service that books read this one answer."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from applications.public import Standing
from eligibility import engine
from eligibility.engine.wording import weekday_day
from eligibility.public import programme_of, version_on
from facilities.models import Offering


@dataclass(frozen=True, slots=True)
class Proposal:
    """Findings and units by the terms of the decision; price and deadline by those in force on the first day."""

    use: engine.Use
    plan: engine.Plan
    refusals: tuple[engine.Finding, ...]
    quote: engine.Quote
    deadline: engine.Deadline
    service: engine.Service
    household_class: str
    version_id: int


def propose(
    use: engine.Use,
    standing: Standing,
    offering: Offering,
    *,
    held: Sequence[engine.Use],
    on: dt.date,
    vaccination_days: Collection[dt.date] = (),
) -> Proposal:
    """Judge a use that is asked for on the day `on`; `held` are the household's other uses."""
    # A day that has passed is refused by the rules; its programme may be older than all that are loaded.
    version = version_on(standing.entitlement.municipality, max(use.first_day, on))
    terms = programme_of(version).terms
    facts, grant = standing.facts(use.first_day), standing.grant(use.first_day)
    plan = plan_of(use, standing, held=held, on=on, vaccination_days=vaccination_days)
    return Proposal(
        use=use,
        plan=plan,
        refusals=(*plan.refusals, *_contract(use, standing, offering)),
        quote=engine.quote(use, household_class=grant.household_class, terms=terms, children=facts.children),
        deadline=engine.deadline_of(use, terms),
        service=terms.service(use.service),
        household_class=grant.household_class,
        version_id=version.pk,
    )


def plan_of(
    use: engine.Use,
    standing: Standing,
    *,
    held: Sequence[engine.Use],
    on: dt.date,
    vaccination_days: Collection[dt.date] = (),
) -> engine.Plan:
    """What the rules say of a use, wherever it is to take place."""
    return engine.plan_use(
        use,
        facts=standing.facts(use.first_day),
        grant=standing.grant(use.first_day),
        terms=standing.terms,
        on=on,
        held=held,
        balances=standing.balances,
        vaccination_days=vaccination_days,
    )


def _contract(use: engine.Use, standing: Standing, offering: Offering) -> list[engine.Finding]:
    """The facility must be the municipality's on every day of the use."""
    ends_on = offering.contract.ends_on
    if ends_on is None or use.last_day <= ends_on:
        return []
    fact = f"この施設を使えるのは{weekday_day(ends_on)}までです。ほかの施設か、それまでの日を選んでください。"
    source = standing.terms.booking.in_advance
    return [engine.Finding("contract", engine.Verdict.UNMET, "指定利用施設である", fact, source)]
