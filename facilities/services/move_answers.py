"""The facility's answer to a change of dates, a change taken back, and one that nobody answered."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django_fsm import TransitionNotAllowed

from facilities.models import Move
from facilities.selectors.versions import versions_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .answering import ReasonMissing
from .settling import held_booking, release, settle, tell_of_move


def accept_move(move: Move, *, by: User, at: dt.datetime) -> Move:
    """The booking takes place on the new days. What she gives up counts from the instant at which she asked.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TransitionNotAllowed, Overtaken: the move no longer waits for an answer.
    """
    authorise(by, "facilities.answer", move)
    versions = versions_of(move.municipality_id)
    with transaction.atomic():
        move.booking = held_booking(move)
        pass_transition(move.accept, closed_at=at)
        settle(move, versions, by=by, at=at)
    return move


def decline_move(move: Move, *, reason: str, by: User, at: dt.datetime) -> Move:
    """The booking stays as it was; `reason` is shown to the mother. What was taken for the new days goes back.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        ReasonMissing: nothing is said why.
        TransitionNotAllowed, Overtaken: the move no longer waits for an answer.
    """
    authorise(by, "facilities.answer", move)
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        move.booking = held_booking(move)
        pass_transition(move.decline, closed_at=at, decline_reason=reason.strip())
        release(move, by=by, at=at)
        events.record("booking.move_declined", move, at=at, by_id=by.pk, booking=move.booking.number)
        tell_of_move("booking_move_declined", move, at=at)
    return move


def withdraw_move(move: Move, *, by: User, at: dt.datetime) -> Move:
    """She keeps the days she has after all.

    Raises:
        PermissionDenied: not her booking, and neither her facility nor her centre.
        TransitionNotAllowed, Overtaken: the move no longer waits for an answer.
    """
    authorise(by, "facilities.move", move)
    with transaction.atomic():
        move.booking = held_booking(move)
        pass_transition(move.withdraw, closed_at=at)
        release(move, by=by, at=at)
        events.record("booking.move_withdrawn", move, at=at, by_id=by.pk, booking=move.booking.number)
    return move


def expire_move(move: Move, *, at: dt.datetime) -> Move:
    """Its time to be answered is over; the booking stays as it was. Called by the planner.

    Raises:
        TransitionNotAllowed, Overtaken: the move was answered meanwhile.
    """
    with transaction.atomic():
        move.booking = held_booking(move)
        pass_transition(move.expire, closed_at=at)
        release(move, by=None, at=at)
        events.record("booking.move_expired", move, at=at, by_id=None, booking=move.booking.number)
        tell_of_move("booking_move_expired", move, at=at)
    return move


def expire_unanswered_moves(now: dt.datetime) -> None:
    """Close the moves whose old or new first day has begun; one asked for on that very day waits until it is over."""
    today = clock.day_of(now)
    midnight = dt.datetime.combine(today, dt.time(), clock.TOKYO)
    before = Q(old_first_day__lt=today) | Q(first_day__lt=today)
    this_day = (Q(old_first_day=today) | Q(first_day=today)) & Q(asked_at__lt=midnight)
    for move in Move.objects.filter(before | this_day, status=Move.Status.ASKED).order_by("pk"):
        try:
            expire_move(move, at=now)
        except (TransitionNotAllowed, Overtaken):
            continue  # answered, or expired by another planner, since it was read
