"""What a change that nobody has reported yet would mean for the bookings to come. Read only, told before it is asked.

A `Standing` says how the family would stand then: of another class, or gone from a day on.
"""

import datetime as dt
from dataclasses import replace

from applications.public import Standing
from eligibility import engine
from facilities.models import Booking

from .adjusting import to_adjust
from .cards import Card, card_of
from .requoting import family_bookings, price_anew
from .uses import use_of
from .versions import versions_of


def prices_foreseen(standing: Standing, *, on: dt.date, proved: bool = False) -> tuple[engine.Repriced, ...]:
    """The open bookings from the day `on` whose price would change; `proved`: once the class's certificate is in."""
    family = family_bookings(standing.entitlement)
    live = [row for row in family if row.status in Booking.LIVE and row.last_day >= on]
    if not live:
        return ()
    facts = standing.facts(live[0].first_day)
    if proved:
        facts = replace(facts, proofs=None)  # a class is then taken at its word
    versions = versions_of(standing.entitlement.municipality_id)
    return price_anew(live, [use_of(row) for row in family], facts=facts, versions=versions).changes


def outside_foreseen(standing: Standing, *, on: dt.date) -> tuple[Card, ...]:
    """The bookings from the day `on` that would lie outside the period: kept, and free to cancel."""
    return tuple(card_of(row, standing.terms) for row in to_adjust(standing.birth, on=on))
