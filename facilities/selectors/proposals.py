"""What booking some days would mean. The page that asks and the service that books read this one answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from applications.public import Standing
from eligibility import engine
from eligibility.public import programme_of, version_on


@dataclass(frozen=True, slots=True)
class Proposal:
    """Findings and units by the terms of the decision; price and deadline by those in force on the first day."""

    use: engine.Use
    plan: engine.Plan
    quote: engine.Quote
    deadline: engine.Deadline
    household_class: str
    version_id: int

    @property
    def refusals(self) -> tuple[engine.Finding, ...]:
        return self.plan.refusals

    @property
    def allowed(self) -> bool:
        return self.plan.allowed


def propose(use: engine.Use, standing: Standing, *, held: Sequence[engine.Use], on: dt.date) -> Proposal:
    """Judge a use that is asked for on the day `on`; `held` are the household's other uses."""
    version = version_on(standing.entitlement.municipality, use.first_day)
    terms = programme_of(version).terms
    facts, grant = standing.facts(use.first_day), standing.grant(use.first_day)
    plan = engine.plan_use(
        use, facts=facts, grant=grant, terms=standing.terms, on=on, held=held, balances=standing.balances
    )
    return Proposal(
        use=use,
        plan=plan,
        quote=engine.quote(use, household_class=grant.household_class, terms=terms, children=facts.children),
        deadline=engine.deadline_of(use, terms),
        household_class=grant.household_class,
        version_id=version.pk,
    )
