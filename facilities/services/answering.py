"""The facility's answer to a request, and the request that nobody answered."""

import datetime as dt

from django.db import transaction

from applications.public import give_back, hold_family
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.uses import deadline_of
from facilities.selectors.versions import Versions, versions_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .availability import announce
from .places import give_places
from .requoting import settle_prices
from .suggestion_ends import end_suggestions
from .telling import tell_mother
from .wishing import reopen_wish


def confirm(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """Take the request.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TransitionNotAllowed, Overtaken: the booking is no longer waiting for an answer.
    """
    authorise(by, "facilities.answer", booking)
    with transaction.atomic():
        pass_transition(booking.confirm, answered_at=at)
        events.record("booking.confirmed", booking, at=at, by_id=by.pk)
        tell_mother("booking_confirmed", booking, at=at, deadline=deadline_of(booking), changes=())
        announce(booking, by=by, at=at)
    return booking


def decline(booking: Booking, *, reason: str, by: User, at: dt.datetime) -> Booking:
    """Turn the request down, or take back other days that were suggested; `reason` is shown to the mother.

    Units and places go back, a wish opens again.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        ReasonMissing: nothing is said why.
        TransitionNotAllowed, Overtaken: the booking is no longer waiting for an answer.
    """
    authorise(by, "facilities.answer", booking)
    if not reason.strip():
        raise ReasonMissing
    versions = versions_of(booking.municipality_id)
    with transaction.atomic():
        hold_family(booking.entitlement)
        pass_transition(booking.decline, answered_at=at, closed_at=at, decline_reason=reason.strip())
        changes = give_all_back(booking, versions, by=by, at=at)
        events.record("booking.declined", booking, at=at, by_id=by.pk)
        tell_mother("booking_declined", booking, at=at, changes=changes)
    return booking


def expire(booking: Booking, *, at: dt.datetime) -> Booking:
    """Close a request whose time to be answered is over; all goes back as when it is declined. Called by the planner.

    Raises:
        TransitionNotAllowed, Overtaken: the booking was answered meanwhile.
    """
    versions = versions_of(booking.municipality_id)
    with transaction.atomic():
        hold_family(booking.entitlement)
        pass_transition(booking.expire, closed_at=at)
        changes = give_all_back(booking, versions, by=None, at=at)
        events.record("booking.expired", booking, at=at, by_id=None)
        tell_mother("booking_expired", booking, at=at, changes=changes)
    return booking


class ReasonMissing(Exception):
    """A request was declined, or an outcome decided, without a word to the mother."""


def give_all_back(
    booking: Booking, versions: Versions, *, by: User | None, at: dt.datetime, lapsed: bool = False
) -> tuple[engine.Repriced, ...]:
    """Units and places go back, suggested ones too (`lapsed`: by time), and a wish opens again.

    Part of the caller's transaction, after the status; the family's bookings whose price is another for it.
    """
    give_back(booking.entitlement, booking.units, booking_number=booking.number, reason=booking.status, by=by, at=at)
    give_places(booking)
    end_suggestions(booking, by=by, at=at, lapsed=lapsed)
    if booking.wish:
        reopen_wish(booking.wish, by=by, at=at)
    return settle_prices(booking, versions, by=by, at=at)
