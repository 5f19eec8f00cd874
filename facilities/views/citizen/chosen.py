"""The days a mother has chosen: what they cost in yen and in units, or why they cannot be had."""

import datetime as dt
from dataclasses import dataclass, replace

from eligibility import engine
from eligibility.engine.wording import pool_units, span
from facilities.models import Offering
from facilities.selectors.arrivals import NO_ROOM, ArrivalState, no_room
from facilities.selectors.cards import host_of
from facilities.selectors.fees_told import FeeTold, fees_told
from facilities.selectors.proposals import Proposal, propose
from facilities.selectors.remaining import Remaining, remaining
from facilities.selectors.uses import free_lead

from .case import Case
from .intent import Intent


@dataclass(frozen=True, slots=True)
class Taken:
    """A pool inside the shared one, and what is left of it without and with these days: 5泊, 3泊."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """`before` and `after` say what is left without and with these days; `no_room` why the facility cannot take her.

    `fees`: what it takes for a late cancellation, where the programme leaves that open and somebody has entered it.
    """

    proposal: Proposal
    title: str
    before: Remaining
    after: Remaining
    no_room: str
    facility: str
    fees: tuple[FeeTold, ...]

    @property
    def within(self) -> tuple[Taken, ...]:
        """The same of every other pool that counts the service."""
        plan, pools = self.proposal.plan, [item.pool for item in self.before.of(self.proposal.service)]
        return tuple(
            Taken(
                pool.label, pool_units(plan.left_before[pool.code], pool), pool_units(plan.left_after[pool.code], pool)
            )
            for pool in pools
            if pool.code != self.before.pool
        )

    @property
    def free_lead(self) -> str:
        return free_lead(self.proposal.service, self.proposal.terms)

    @property
    def host(self) -> str:
        """Who is paid, in a word."""
        return host_of(self.proposal.service)

    @property
    def possible(self) -> bool:
        return not self.proposal.refusals and not self.no_room

    @property
    def full(self) -> bool:
        """Whether only a place is missing: such days may be waited for."""
        return self.no_room == str(NO_ROOM[ArrivalState.FULL])

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the use; none where they cannot be had."""
        use = self.proposal.use
        return engine.each_day(use.first_day, use.last_day) if self.possible else ()


def chosen_of(intent: Intent) -> Chosen | None:
    """None as long as no day is chosen."""
    if intent.day is None:
        return None
    use = engine.Use(intent.service.code, intent.day, intent.day + dt.timedelta(days=intent.length.days - 1))
    chosen = chosen_days(intent.case, intent.offering, use, on=intent.on)
    if over := intent.too_late()(use):
        refusals = (*chosen.proposal.refusals, *over)
        return replace(chosen, proposal=replace(chosen.proposal, refusals=refusals))
    return chosen if chosen.proposal.refusals else replace(chosen, no_room=no_room(intent.offering, use))


def chosen_days(case: Case, offering: Offering, use: engine.Use, *, on: dt.date) -> Chosen:
    """Some days at a facility that has room for them, whether or not the rules speak against them."""
    proposal = propose(use, case.standing, offering, bookings=case.bookings, on=on)
    service = case.standing.terms.service(use.service)
    before = next(item for item in remaining(case.standing, case.bookings, on=on) if service in item.services)
    taken = min(before.left, proposal.plan.units.get(before.pool, 0))
    length = engine.length_text(use, service) if use.nights else ""
    return Chosen(
        proposal=proposal,
        title=f"{span(use.first_day, use.last_day)} {length}".rstrip(),
        before=before,
        after=replace(before, held=before.held + taken, left=before.left - taken),
        no_room="",
        facility=offering.facility.name,
        fees=fees_told(offering, proposal),
    )
