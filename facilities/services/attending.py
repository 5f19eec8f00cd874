"""The day itself: she came, or she did not; and a record of it that was wrong."""

import datetime as dt

from django.db import transaction

from applications.public import hold_family, take
from eligibility import engine
from facilities.models import Booking, FeeWaiver, Move, OutcomeDecision, Payment
from facilities.selectors.consequences import consequences_of
from facilities.selectors.moves import open_move
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.versions import versions_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition
from postpartum_portal.shared.models import Event

from .records import consequence_record
from .requoting import quote_anew, settle_prices
from .returning import return_units, units_moved
from .settling import drop_open_move
from .shown import Shown, check_shown
from .telling import tell_mother

UNDONE = "booking.record_undone"


def attend(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """She has arrived. The price is reckoned once more by the household's class of that day, and then stands.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TooEarly: the first day has not come.
        TransitionNotAllowed, Overtaken: the booking is not a confirmed one any more.
    """
    authorise(by, "facilities.attend", booking)
    _check_day(booking, at)
    versions = versions_of(booking.municipality_id)
    with transaction.atomic():
        hold_family(booking.entitlement)
        quote = quote_anew(booking, versions)
        pass_transition(booking.attend, attended_at=at, closed_at=at, quote=quote)
        drop_open_move(booking, by=by, at=at)
        events.record("booking.attended", booking, at=at, by_id=by.pk)
    return booking


def preview_no_show(booking: Booking) -> engine.Consequence:
    """What follows if she is recorded as not having come; shown first, and read again by `no_show`."""
    return consequences_of(booking).absent()


def no_show(booking: Booking, *, shown: Shown, by: User, at: dt.datetime) -> Booking:
    """She did not come and nobody called. What was `shown` happens, to units and money, as the programme says.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TooEarly: the first day has not come.
        ConsequenceChanged: it now means something else than was shown; nothing has happened.
        MoveUnanswered: she has asked for other days; the facility answers that first.
        TransitionNotAllowed, Overtaken: the booking is not a confirmed one any more.
    """
    authorise(by, "facilities.attend", booking)

    _check_day(booking, at)
    rules = consequences_of(booking)
    consequence = rules.absent()
    check_shown(shown, consequence)

    moved = units_moved(booking, consequence)
    with transaction.atomic():
        hold_family(booking.entitlement)
        record = consequence_record(consequence, moved, rules.left_open(consequence))
        pass_transition(booking.mark_no_show, closed_at=at, consequence=record)
        if open_move(booking):
            raise MoveUnanswered
        return_units(booking, moved, by=by, at=at)
        changes = settle_prices(booking, rules.versions, by=by, at=at)
        events.record("booking.no_show", booking, at=at, by_id=by.pk)
        turn = _undone(booking) + 1
        tell_mother("booking_no_show", booking, at=at, turn=turn, changes=changes, receipt=receipt_of(booking))
    return booking


def undo_record(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """That she came, or did not, was recorded by mistake: she is expected again, at the price of today.

    Her places were kept all the while. Units that a no-show gave back are taken once more. Only on the same day, and
    only as long as nothing rests on what was recorded.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        RecordStands: another day has begun, money was received, her days were changed since, or staff have decided.
        UnitsExhausted: what came back was booked by her since; nothing has happened.
        TransitionNotAllowed, Overtaken: nothing is recorded of it any more.
    """
    authorise(by, "facilities.attend", booking)

    was_absent = booking.status == Booking.Status.NO_SHOW
    returned = booking.consequence.get("returned", {})
    versions = versions_of(booking.municipality_id)

    with transaction.atomic():
        hold_family(booking.entitlement)
        since = _recorded_at(booking, at)
        pass_transition(booking.undo_record, attended_at=None, closed_at=None, consequence={})
        if _rests_on_it(booking, since):
            raise RecordStands
        take(booking.entitlement, returned, booking_number=booking.number, reason="undone", by=by, at=at)
        Booking.objects.filter(pk=booking.pk).update(quote=quote_anew(booking, versions))
        changes = settle_prices(booking, versions, by=by, at=at)
        events.record(UNDONE, booking, at=at, by_id=by.pk, absent=was_absent)
        if was_absent:
            tell_mother("booking_record_undone", booking, at=at, turn=_undone(booking), changes=changes)
    return booking


def undoable(booking: Booking, *, at: dt.datetime) -> bool:
    """Whether `undo_record` would be let through, for the page that offers it."""
    try:
        return not _rests_on_it(booking, _recorded_at(booking, at))
    except (RecordStands, Overtaken):
        return False


class RecordStands(Exception):
    """What was recorded of the day is no mistake of a moment any more."""


class MoveUnanswered(Exception):
    """Nobody is absent who has asked for other days and has no answer."""


class TooEarly(Exception):
    """Somebody marked an arrival, or a no-show, before the first day."""


def _check_day(booking: Booking, at: dt.datetime) -> None:
    if clock.day_of(at) < booking.first_day:
        raise TooEarly


def _recorded_at(booking: Booking, at: dt.datetime) -> dt.datetime:
    """When it was, on this very day."""
    if booking.status not in {Booking.Status.ATTENDED, Booking.Status.NO_SHOW} or booking.closed_at is None:
        raise Overtaken(booking)
    if clock.day_of(booking.closed_at) != clock.day_of(at):
        raise RecordStands
    return booking.closed_at


def _rests_on_it(booking: Booking, since: dt.datetime) -> bool:
    """Money, a fee that was waived, days that were changed since she came, or a decision about her absence."""
    return (
        Payment.objects.filter(booking=booking, voided_at=None).exists()
        or FeeWaiver.objects.filter(booking=booking, undone_at=None).exists()
        or OutcomeDecision.objects.filter(booking=booking).exists()
        or Move.objects.filter(booking=booking, status=Move.Status.ACCEPTED, asked_at__gte=since).exists()
    )


def _undone(booking: Booking) -> int:
    """How often a record of it was undone: a mail of each kind goes out once for each."""
    return Event.objects.filter(verb=UNDONE, subject_kind="booking", subject_id=booking.pk).count()
