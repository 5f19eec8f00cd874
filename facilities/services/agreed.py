"""Where a booking is made of what its facility has agreed to already: it is confirmed at once."""

import datetime as dt

from facilities.models import Booking, Hold, Preparation, Sounding, Waiting
from facilities.selectors.visiting import Agreed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import pass_transition

from .held import enter_hold
from .sounding_ends import choose

Offer = Waiting | Hold | Sounding | Preparation
"""What a booking is made of. Somebody in line has room, and the facility still answers; with the others it has."""

AGREED = (Hold, Sounding, Preparation)


def agreed_to(offer: Offer | None, booking: Booking) -> Agreed | None:
    """Since when the facility has agreed to the day and the hour of this booking; None where it has not."""
    if isinstance(offer, Hold):
        same = offer.arrival == booking.arrival
        return Agreed(offer.made_at, f"hold:{offer.pk}") if same else None
    if isinstance(offer, Sounding):
        return agreed_to_sounding(offer)
    if isinstance(offer, Preparation):
        return Agreed(offer.closed_at) if offer.closed_at else None
    return None


def agreed_to_sounding(sounding: Sounding) -> Agreed | None:
    """Since its yes, for the day and the hour that it named."""
    return Agreed(sounding.answered_at) if sounding.answered_at else None


def settle(offer: Offer | None, booking: Booking, *, by: User, at: dt.datetime) -> None:
    """Close what was agreed for the booking that is made of it, and confirm that. Part of the booking's transaction.

    Raises:
        TransitionNotAllowed, lifecycle.Overtaken: it is not open any more.
    """
    if not isinstance(offer, AGREED):
        return
    agreed_by = by.pk
    if isinstance(offer, Hold):
        agreed_by = enter_hold(offer, booking, by=by, at=at)
    elif isinstance(offer, Sounding):
        choose(offer, booking, by=by, at=at)
    pass_transition(booking.confirm, answered_at=at)
    events.record("booking.confirmed", booking, at=at, by_id=agreed_by)
