"""What to know when somebody is unwell: the rule, what cancelling and moving cost now, other days that are free."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from eligibility import engine
from eligibility.engine.wording import span
from facilities.models import Booking
from facilities.selectors.arrivals import ArrivalState, arrivals
from facilities.selectors.moving import Moving
from facilities.selectors.notices import too_late_at
from facilities.services.cancelling import HasBegun, preview

AHEAD = dt.timedelta(days=45)
"""How far other days are looked for."""
PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """Free days: `text` is 3月20日(金)〜22日(日), `query` leads to them on the page that moves the booking."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class IllnessPage:
    """`rules`: what the programme says about who cannot use it then; `principle`: some of it says 原則, so one asks.

    `consequence` of cancelling now; None once the use has begun.
    """

    rules: tuple[engine.Requirement, ...]
    principle: bool
    consequence: engine.Consequence | None
    proposed: tuple[Proposed, ...]


def illness_page(
    booking: Booking, terms: engine.Terms, moving: Moving | None, *, now: dt.datetime, on: dt.date
) -> IllnessPage:
    """`terms` are those of her decision; `moving` is None where she cannot move the booking herself."""
    rules = tuple(item for item in terms.requirements if _speaks_against(item, booking.service))
    return IllnessPage(
        rules=rules,
        principle=any(item.principle for item in rules),
        consequence=_consequence(booking, now),
        proposed=tuple(islice(_proposed(moving, now, on), PROPOSED)) if moving else (),
    )


def _speaks_against(requirement: engine.Requirement, service: str) -> bool:
    """Conditions under which nobody may come, such as a fever or the need of a doctor."""
    return not requirement.expects and (not requirement.services or service in requirement.services)


def _consequence(booking: Booking, now: dt.datetime) -> engine.Consequence | None:
    try:
        return preview(booking, contact_at=now)
    except HasBegun:
        return None


def _proposed(moving: Moving, now: dt.datetime, on: dt.date) -> Iterator[Proposed]:
    """The next days at her facility for a use as long as this one, within her period and what is left to her."""
    use = moving.rules.use
    period = engine.use_period(use.service, moving.rules.standing.facts(on), moving.rules.standing.terms)
    first = max(use.last_day, on) + dt.timedelta(days=1)
    last = min(period.last or first, first + AHEAD)
    if last < first or moving.rules.begun(now):
        return
    ruled, late = moving.refusals(now, on=on), too_late_at(moving.offering, now)
    for found in arrivals(
        moving.offering, days=use.days, between=(first, last), refusals=lambda asked: (*ruled(asked), *late(asked))
    ):
        if found.state is ArrivalState.FREE:
            text = span(found.day, found.day + dt.timedelta(days=use.days - 1))
            yield Proposed(text, f"days={use.days}&day={found.day.isoformat()}")
