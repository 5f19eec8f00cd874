"""Another hour on the same day, agreed on the phone by whoever visits: changed at once, and told to both sides."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import Booking, Move, Offering
from facilities.selectors.moves import open_move
from facilities.selectors.moving import Moving, Shift, moving_of
from facilities.selectors.visiting import Agreed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .booking import NotBookable
from .cancelling import HasBegun
from .moving import MoveWaits, NothingToMove, move_row
from .settling import held_booking, settle
from .visiting import go_beyond, still_taken


def change_hour(
    booking: Booking,
    offering: Offering,
    *,
    arrival: dt.time,
    beyond: bool,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Move:
    """Let a visit begin at another hour of its day. It costs nothing, however late; one form sent twice is one change.

    `beyond`: against the facility's own hours, or beside another visit of its own, which is noted.

    Raises:
        PermissionDenied: `by` does not answer for the facility, or it is her own booking.
        HasBegun, MoveWaits, NothingToMove: its day is over, she has asked for other days, or that is its hour.
        NotBookable: a rule speaks against the hour; holds the findings.
        Overtaken: the booking is not confirmed any more, or was changed since it was read.
    """
    authorise(by, "facilities.agree_hour", booking)
    if sent := Move.objects.filter(booking=booking, form_token=form_token).first():
        return sent
    moving, agreed = moving_of(booking, offering), Agreed(at) if beyond else None
    shift = preview_hour(moving, arrival, agreed=agreed, at=at)
    if shift.changes_nothing:
        raise NothingToMove
    if shift.refusals:
        raise NotBookable(shift.refusals)

    use = shift.proposal.use
    move = move_row(moving, use, shift, form_token, contact_at=at, by=by, at=at)
    with transaction.atomic():
        held = move.booking = held_booking(move)
        if (held.status, held.first_day, held.arrival) != (booking.status, booking.first_day, booking.arrival):
            raise Overtaken(booking)
        if taken := still_taken(booking, shift.proposal, agreed):
            raise NotBookable(taken)
        move.number = f"{booking.number}-{Move.objects.filter(booking=booking).count() + 1}"
        move.save(force_insert=True)
        pass_transition(move.accept, closed_at=at)
        settle(move, moving.rules.versions, told="visit_hour_changed", by=by, at=at)
        go_beyond(move.booking, shift.proposal, by=by, at=at)
    return move


def preview_hour(moving: Moving, arrival: dt.time, *, agreed: Agreed | None, at: dt.datetime) -> Shift:
    """What speaks against another hour on the same day, and what it changes.

    Raises:
        HasBegun, MoveWaits, Overtaken: as `change_hour` says.
    """
    booking, today = moving.booking, clock.day_of(at)
    if booking.status != Booking.Status.CONFIRMED:
        raise Overtaken(booking)
    if booking.first_day < today:
        raise HasBegun
    if open_move(booking):
        raise MoveWaits
    use = replace(moving.rules.use, start_time=arrival)
    shift = moving.shift(use, at, on=today, agreed=agreed)
    begun: tuple[engine.Finding, ...] = tuple(not_begun(use, moving.rules.terms.booking, at.astimezone(clock.TOKYO)))
    return replace(shift, refusals=(*shift.refusals, *begun))
