"""A use that is under way ends earlier than booked, or goes on for longer: agreed at the desk, and so at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.db import IntegrityError

from applications.public import UnitsExhausted
from eligibility import engine
from facilities.models import Booking, Move, Offering
from facilities.selectors.moving import AHEAD, Moving, Shift, moving_of
from facilities.selectors.stored import StoredPrice, quoted
from facilities.selectors.uses import use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken, authorise

from .booking import NotBookable
from .moving import NothingToMove, OtherTab, move_row, write_move
from .shown import Shown, check_shown


@dataclass(frozen=True, slots=True)
class Stay:
    """What another last day means. `price`: of all days that she then stays; `refusals`: what rules say against it."""

    moving: Moving
    shift: Shift
    use: engine.Use
    price: StoredPrice
    refusals: tuple[engine.Finding, ...]

    @property
    def consequence(self) -> engine.Consequence:
        """Of the days that she gives up."""
        return self.shift.consequence


def preview_stay(booking: Booking, offering: Offering, *, last_day: dt.date, at: dt.datetime) -> Stay:
    """What it means that a use under way ends on another day, told at that instant.

    Days given up are a late cancel of these days: the deadline is that of the whole use, and has passed. Days added
    are judged as if booked, but for the rules about asking early enough: the desk has agreed.

    Raises:
        NotUnderWay: she has not come, or her last day is over.
        NothingToMove: it is her last day already, or a day that is over.
    """
    today = clock.day_of(at)
    if booking.status != Booking.Status.ATTENDED or not booking.first_day <= today <= booking.last_day:
        raise NotUnderWay
    if last_day == booking.last_day or last_day < today:
        raise NothingToMove
    moving = moving_of(booking, offering)
    use = replace(use_of(booking), last_day=last_day, status=engine.UseStatus.LIVE)
    shift = moving.shift(use, at, on=today)
    return Stay(moving, shift, use, quoted(shift.proposal.quote), tuple(_refusals(shift, use)))


def leave_early(
    booking: Booking, offering: Offering, *, last_day: dt.date, shown: Shown, form_token: str, by: User, at: dt.datetime
) -> Move:
    """She goes home on an earlier day, with the consequence that was `shown`. One form sent twice is one leave.

    She pays for the days she stayed; the places of the others are free at once and go to whoever waits.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        ConsequenceChanged: it now means something else than was shown; nothing has happened.
        NotBookable: no price is published for so short a use.
        NotUnderWay, NothingToMove: as `preview_stay`; or the day is later than hers.
        Overtaken: the booking was changed since it was read.
    """
    authorise(by, "facilities.attend", booking)

    def judge() -> Stay:
        stay = preview_stay(booking, offering, last_day=last_day, at=at)
        if stay.shift.added:
            raise NothingToMove
        if stay.refusals:
            raise NotBookable(stay.refusals)
        check_shown(shown, stay.consequence)
        return stay

    return _twice(partial(_change, booking, judge, token=form_token, told="booking_left", by=by, at=at))


def extend(
    booking: Booking, offering: Offering, *, last_day: dt.date, form_token: str, by: User, at: dt.datetime
) -> Move:
    """She stays for longer, as far as places, entitlement and rules allow. One form sent twice is one extension.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotBookable, DayFull: rules speak against it, or days lack a place; they hold the findings, or the days.
        NotUnderWay, NothingToMove: as `preview_stay`; or the day is earlier than hers.
        Overtaken: the booking was changed since it was read.
    """
    authorise(by, "facilities.attend", booking)

    def judge() -> Stay:
        stay = preview_stay(booking, offering, last_day=last_day, at=at)
        if not stay.shift.added:
            raise NothingToMove
        if stay.refusals:
            raise NotBookable(stay.refusals)
        return stay

    return _twice(partial(_change, booking, judge, token=form_token, told="booking_extended", by=by, at=at))


def _refusals(shift: Shift, use: engine.Use) -> Iterator[engine.Finding]:
    """Of whoever goes home nothing is asked, but for a price: without a night there is none where nights are priced."""
    without_price = shift.proposal.service.price.per is engine.UnitKind.NIGHTS and not use.nights
    for finding in shift.refusals:
        if finding.code not in AHEAD if shift.added else finding.code == "shape" and without_price:
            yield finding


class NotUnderWay(Exception):
    """Nobody leaves, or stays on, who has not come or has left."""


def _twice(attempt: Callable[[], Move]) -> Move:
    """Judged once more where something was taken meanwhile, so that the desk hears the reason in the rules' words."""
    try:
        return attempt()
    except (IntegrityError, UnitsExhausted, OtherTab):
        return attempt()


def _change(booking: Booking, judge: Callable[[], Stay], *, token: str, told: str, by: User, at: dt.datetime) -> Move:
    if sent_before := Move.objects.filter(booking=booking, form_token=token).first():
        return sent_before
    stay = judge()
    if booking.status != Booking.Status.ATTENDED:
        raise Overtaken(booking)
    move = move_row(stay.moving, stay.use, stay.shift, token, contact_at=at, by=by, at=at)
    return write_move(move, stay.moving, stay.shift, told=told, by=by, at=at)
