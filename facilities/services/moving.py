"""Asking for other days: the consequence is shown first, and the old days stay hers until the facility has answered."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.db import IntegrityError, transaction

from applications.public import UnitsExhausted, hold_units, take
from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import Booking, Move, Offering
from facilities.selectors.moves import asked_uses, open_move
from facilities.selectors.moving import Moving, Shift, moving_of
from facilities.selectors.notices import too_late_at
from facilities.selectors.requoting import family_bookings
from facilities.selectors.uses import use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .booking import DayFull, NotBookable
from .cancelling import ContactInFuture, HasBegun
from .places import hold_days, lacking_days, take_days
from .records import consequence_record
from .returning import Moved
from .settling import held_booking, settle, tell_of_move
from .shown import Shown, check_shown


def ask_move(
    booking: Booking,
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    contact_at: dt.datetime,
    shown: Shown,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Move:
    """Ask for other days at the same facility, with the consequence that was `shown`. One form sent twice is one move.

    Units and days that she needs beside those she holds are taken at once. A request without an answer, and a booking
    that is only shortened, are changed at once; otherwise nothing of the booking changes until the facility accepts.
    On the portal `contact_at` is the server's time at receipt; a call may be typed in later by whoever took it.

    Raises:
        PermissionDenied: not her booking, and neither her facility nor her centre.
        ContactInFuture: the contact is said to come later than now.
        HasBegun, MoveWaits, NothingToMove: it is under way, another move has no answer, or these are its days.
        ConsequenceChanged: it now means something else than was shown; nothing has happened.
        NotBookable: a rule speaks against the new days; holds the findings.
        DayFull: the facility lacks a place on some of them; holds the days.
        Overtaken: the booking is closed, or was changed since it was read.
    """
    authorise(by, "facilities.move", booking)
    if contact_at > at:
        raise ContactInFuture
    use = replace(use_of(booking), first_day=first_day, last_day=last_day, start_time=arrival)
    attempt = partial(_attempt, booking, offering, use, contact_at, shown=shown, token=form_token, by=by, at=at)
    try:
        return attempt()
    except (IntegrityError, UnitsExhausted, OtherTab):
        return attempt()  # judged once more, so that she hears the reason in the rules' own words


def preview_move(moving: Moving, use: engine.Use, *, contact_at: dt.datetime) -> Shift:
    """What moving to these days means when the contact was received at that instant.

    Raises:
        HasBegun: the use was under way then.
    """
    if moving.booking.status != Booking.Status.REQUESTED and moving.rules.begun(contact_at):
        raise HasBegun
    return moving.shift(use, contact_at, on=clock.day_of(contact_at))


class MoveWaits(Exception):
    """Another move of the booking has no answer yet."""


class NothingToMove(Exception):
    """The days and the hour asked for are those of the booking."""


class OtherTab(Exception):
    """Another tab of the same mother took something since the rules were judged."""


class _NoPlace(Exception):
    """A day counter stands at its limit; what was taken so far must be rolled back."""


def _attempt(
    booking: Booking,
    offering: Offering,
    use: engine.Use,
    contact_at: dt.datetime,
    *,
    shown: Shown,
    token: str,
    by: User,
    at: dt.datetime,
) -> Move:
    if sent_before := Move.objects.filter(booking=booking, form_token=token).first():
        return sent_before
    moving = moving_of(booking, offering)
    shift = _judge(moving, use, contact_at, shown, by=by)

    move = move_row(moving, use, shift, token, contact_at=contact_at, by=by, at=at)
    at_once = booking.status == Booking.Status.REQUESTED or shift.only_shortens
    return write_move(move, moving, shift, told="booking_move_accepted" if at_once else "", by=by, at=at)


def write_move(move: Move, moving: Moving, shift: Shift, *, told: str, by: User, at: dt.datetime) -> Move:
    """Take what the new days need and, where nobody is asked first, put the booking on them.

    `told`: the mail to its mother once it is moved; "" where its facility has to agree.

    Raises:
        DayFull: the facility lacks a place on some of the days; nothing has happened, as with the next two.
        Overtaken: the booking is closed, or was changed since it was read.
        IntegrityError, UnitsExhausted, OtherTab: something was taken since the rules were judged.
    """
    try:
        with transaction.atomic():
            _change(move, moving, shift, by=by, at=at)
            if told:
                pass_transition(move.accept, closed_at=at)
                settle(move, moving.rules.versions, told=told, by=by, at=at)
            else:
                tell_of_move("booking_move_asked", move, at=at)
    except _NoPlace:
        raise DayFull(lacking_days(move.facility_id, move.place, shift.added)) from None
    return move


def _judge(moving: Moving, use: engine.Use, contact_at: dt.datetime, shown: Shown, *, by: User) -> Shift:
    if moving.booking.status not in Booking.MOVABLE:
        raise Overtaken(moving.booking)
    if open_move(moving.booking):
        raise MoveWaits
    shift = preview_move(moving, use, contact_at=contact_at)
    if shift.changes_nothing:
        raise NothingToMove
    check_shown(shown, shift.consequence)
    begun = (
        () if shift.only_shortens else not_begun(use, moving.rules.terms.booking, contact_at.astimezone(clock.TOKYO))
    )
    asks_herself = by.pk == moving.booking.citizen_id and use.first_day in shift.added
    late = too_late_at(moving.offering, contact_at)(use) if asks_herself else ()
    if refusals := (*shift.refusals, *begun, *late):
        raise NotBookable(refusals)
    return shift


def move_row(
    moving: Moving, use: engine.Use, shift: Shift, token: str, *, contact_at: dt.datetime, by: User, at: dt.datetime
) -> Move:
    """A move that is not saved yet; `token` names its form."""
    booking, consequence = moving.booking, shift.consequence
    given_up = {code: number - shift.counted.get(code, 0) for code, number in consequence.returned.items()}
    moved = Moved(dict(shift.counted), {code: number for code, number in given_up.items() if number > 0})
    return Move(
        municipality_id=booking.municipality_id,
        citizen_id=booking.citizen_id,
        facility_id=booking.facility_id,
        booking=booking,
        form_token=token,
        old_first_day=booking.first_day,
        old_last_day=booking.last_day,
        old_arrival=booking.arrival,
        first_day=use.first_day,
        last_day=use.last_day,
        arrival=use.start_time,
        units=shift.units,
        taken=shift.taken,
        consequence=consequence_record(consequence, moved, moving.rules.left_open(consequence)),
        contact_at=contact_at,
        asked_at=at,
        asked_by=by,
    )


def _change(move: Move, moving: Moving, shift: Shift, *, by: User, at: dt.datetime) -> None:
    """The booking first, as whoever cancels it does; then her units, then days by date, then the row."""
    booking = move.booking
    held = held_booking(move)
    if (held.status, held.first_day, held.last_day) != (booking.status, booking.first_day, booking.last_day):
        raise Overtaken(booking)
    hold_units(booking.entitlement)
    take(booking.entitlement, move.taken, booking_number=booking.number, reason="move", by=by, at=at)
    others = [row for row in family_bookings(booking.entitlement) if row.pk != booking.pk]
    asked_since = asked_uses(booking.entitlement) != shift.proposal.asked
    if asked_since or _sharing(move, others) > _sharing(move, moving.others):
        raise OtherTab
    move.booking, move.place = held, held.place
    hold_days(move.facility_id, move.place, {*shift.added, *shift.dropped})
    if not take_days(move.facility_id, move.place, shift.added):
        raise _NoPlace
    move.number = f"{booking.number}-{Move.objects.filter(booking=booking).count() + 1}"
    move.save(force_insert=True)
    events.record("booking.move_asked", move, at=at, by_id=by.pk, booking=booking.number)


def _sharing(move: Move, others: Iterable[Booking]) -> int:
    """How many of her other bookings hold one of the new days."""
    uses = [use_of(row) for row in others]
    held = [use for use in uses if use.status in engine.HOLDS_DAYS]
    return sum(use.first_day <= move.last_day and move.first_day <= use.last_day for use in held)
