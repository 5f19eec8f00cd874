"""The end of a move, whatever it is: the booking on its new days, or all that was taken for them given back."""

import datetime as dt
from typing import Any

from applications.public import give_back, hold_family, hold_units
from eligibility import engine
from facilities.models import Booking, Move
from facilities.selectors.guests import with_rows
from facilities.selectors.move_receipts import receipt_of_move
from facilities.selectors.uses import deadline_of
from facilities.selectors.versions import Versions
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import pass_transition

from .availability import announce
from .places import give_days, hold_days
from .requoting import quote_anew, settle_prices
from .telling import tell_mother


def settle(move: Move, versions: Versions, *, by: User, at: dt.datetime, told: str = "booking_move_accepted") -> None:
    """Put the booking on the days of an accepted move. Part of the caller's transaction, which holds the booking.

    `told`: the mail to its mother.
    What comes to count of the days given up follows from the instant at which she asked; prices are reckoned anew.
    """
    booking, place = move.booking, _place_of(move.booking)
    hold_units(booking.entitlement)
    back = _units_back(move)
    if back:
        give_back(booking.entitlement, back, booking_number=booking.number, reason="moved", by=by, at=at)
    give_days(booking.facility_id, place, move.dropped_days)
    booking.first_day, booking.last_day, booking.arrival = move.first_day, move.last_day, move.arrival
    booking.units, booking.place = move.units, place
    booking.quote = quote_anew(booking, versions)
    if booking.status == Booking.Status.REQUESTED:
        booking.requested_at = move.asked_at  # for these days she asks from now on
    if move.first_day != move.old_first_day:
        booking.unwell_at = None  # that was about the old days
    Booking.objects.filter(pk=booking.pk).update(
        unwell_at=booking.unwell_at,
        requested_at=booking.requested_at,
        first_day=booking.first_day,
        last_day=booking.last_day,
        arrival=booking.arrival,
        units=booking.units,
        quote=booking.quote,
    )
    changes = settle_prices(booking, versions, by=by, at=at)
    events.record("booking.moved", booking, at=at, by_id=by.pk, move=move.number)
    tell_of_move(told, move, at=at, deadline=deadline_of(booking), changes=changes)
    announce(booking, moved=move, by=by, at=at)


def release(move: Move, *, by: User | None, at: dt.datetime) -> None:
    """Give back what was taken for days that are not to be hers. Part of the caller's transaction, after the status."""
    booking, place = move.booking, _place_of(move)
    hold_units(booking.entitlement)
    if move.taken:
        give_back(booking.entitlement, move.taken, booking_number=booking.number, reason=move.status, by=by, at=at)
    give_days(move.facility_id, place, move.added_days)


def drop_open_move(booking: Booking, *, by: User, at: dt.datetime) -> None:
    """End a move that nobody has answered, since its booking is given up or she came on the old days.

    Part of the caller's transaction, in which the booking has already passed to its new status.
    """
    for move in Move.objects.filter(booking=booking, status=Move.Status.ASKED):
        move.booking = booking
        pass_transition(move.withdraw, closed_at=at)
        own_days = engine.each_day(booking.first_day, booking.last_day)  # which the caller may give back after these
        hold_days(move.facility_id, _place_of(move), {*own_days, *move.added_days})
        release(move, by=by, at=at)
        events.record("booking.move_withdrawn", move, at=at, by_id=by.pk, booking=booking.number)


def held_booking(move: Move) -> Booking:
    """The booking of a move, with all rows beside it, which nobody else changes until the transaction ends."""
    hold_family(move.booking.entitlement)
    return with_rows(Booking.objects.select_for_update(no_key=True, of=("self",))).get(pk=move.booking_id)


def tell_of_move(kind: str, move: Move, *, at: dt.datetime, **context: Any) -> None:
    """One mail of a kind for each move."""
    tell_mother(kind, move.booking, at=at, turn=move.turn, move=move, receipt=receipt_of_move(move), **context)


def _place_of(row: Booking | Move) -> str:
    """Read after the status was moved: until then `counting` may have given it a place, and does so no more."""
    return str(type(row).objects.values_list("place", flat=True).get(pk=row.pk))


def _units_back(move: Move) -> dict[str, int]:
    """What booking and move hold together beyond what the new days take and what comes to count."""
    held, counted = move.booking.units, move.consequence["counted"]
    back = {
        code: held.get(code, 0) + move.taken.get(code, 0) - move.units.get(code, 0) - counted.get(code, 0)
        for code in {*held, *move.taken}
    }
    return {code: number for code, number in sorted(back.items()) if number}
