"""Nobody is in two places at once: whoever visits is looked at again under a lock, and what it agreed to is noted."""

import datetime as dt
from dataclasses import replace

from eligibility import engine
from facilities.models import Booking, VisitPlan
from facilities.selectors.proposals import Proposal
from facilities.selectors.visiting import Agreed
from facilities.selectors.visits import visits_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events


def still_taken(booking: Booking, proposal: Proposal, agreed: Agreed | None) -> tuple[engine.Finding, ...]:
    """What speaks against a visit now that nobody else can arrange one there. Part of the transaction that stores it.

    Called after the family and the day counters are locked.
    """
    visitor = proposal.visitor
    if visitor is None:
        return ()
    VisitPlan.objects.select_for_update(no_key=True).get(pk=visitor.plan.pk)
    fresh = replace(visitor, visits=visits_of(visitor.plan, booking.first_day, booking.last_day))
    return fresh.refusals(replace(proposal.use, number=booking.pk), proposal.service, agreed)


def go_beyond(booking: Booking, proposal: Proposal, *, by: User, at: dt.datetime) -> None:
    """Note against which parts of its own rule the facility has agreed to a booking, if to any."""
    if proposal.set_aside:
        codes = [finding.code for finding in proposal.set_aside]
        events.record("visit.beyond", booking, at=at, by_id=by.pk, codes=codes)
