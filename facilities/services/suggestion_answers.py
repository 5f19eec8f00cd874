"""What becomes of suggested days: she takes one, refuses them all, or her time to choose is over."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from applications.public import UnitsExhausted, hold_family, take
from eligibility import engine
from facilities.models import Booking, Hold, Move, Offering
from facilities.selectors.guests import with_rows
from facilities.selectors.moving import AHEAD, Moving, Shift, moving_of
from facilities.selectors.uses import use_of
from facilities.selectors.versions import versions_of
from facilities.selectors.visiting import Agreed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .answering import give_all_back
from .booking import DayFull, NotBookable
from .moving import move_row
from .places import take_days
from .settling import settle
from .suggesting import LAPSE_SUGGESTIONS
from .suggestion_ends import end_suggestions
from .telling import tell_mother
from .telling_desks import tell_desk


def take_suggestion(booking: Booking, hold: Hold, offering: Offering, *, by: User, at: dt.datetime) -> Booking:
    """Put the booking on days that were suggested for it: confirmed at once. Pressed twice, it is one booking.

    It is a move of a request to which the facility has agreed, so its receipt is a move's.

    Raises:
        PermissionDenied: not her booking, nor the centre's work.
        Overtaken, TransitionNotAllowed: her time is over, the facility took it back, or she chose in another tab.
        NotBookable: a rule speaks against the days by now; holds the findings.
        DayFull: the facility began to keep places since, and has none on some day.
    """
    authorise(by, "facilities.request", booking)
    if hold.status == Hold.Status.ENTERED and hold.booking_id == booking.pk:
        return booking
    if hold.suggested_for_id != booking.pk or at >= hold.expires_at:
        raise Overtaken(booking)
    moving = moving_of(booking, offering)
    shift = suggested_shift(moving, hold, at=at)
    if refusals := refusals_now(shift):
        raise NotBookable(refusals)

    try:
        with transaction.atomic():
            hold_family(booking.entitlement)
            pass_transition(booking.take_suggestion, answered_at=at, decline_reason="")
            place = _enter(hold, booking, offering, by=by, at=at)
            take(booking.entitlement, shift.taken, booking_number=booking.number, reason="move", by=by, at=at)
            move = _moved(moving, shift, hold, by=by, at=at)
            settle(move, moving.rules.versions, told="booking_confirmed", by=by, at=at)
            Booking.objects.filter(pk=booking.pk).update(place=place)
            booking.place = place
            events.record("booking.confirmed", booking, at=at, by_id=hold.made_by_id)
            tell_desk("suggestions_answered", booking, at=at)
    except UnitsExhausted:
        raise Overtaken(booking) from None
    return booking


def refuse_suggestions(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """None of the days suits her: the request is closed as declined, and all goes back.

    Raises:
        PermissionDenied: not her booking, nor the centre's work.
        TransitionNotAllowed, Overtaken: nothing is suggested any more, or she chose in another tab.
    """
    authorise(by, "facilities.request", booking)
    versions = versions_of(booking.municipality_id)
    with transaction.atomic():
        hold_family(booking.entitlement)
        pass_transition(booking.refuse_suggestions, closed_at=at)
        give_all_back(booking, versions, by=by, at=at)
        events.record("booking.suggestions_refused", booking, at=at, by_id=by.pk)
        tell_desk("suggestions_answered", booking, at=at)
    return booking


@jobs.handler(LAPSE_SUGGESTIONS)
def lapse_suggestions(lease: jobs.Lease) -> None:
    """Her time to choose is over: the request `lease.subject_id` is closed, all goes back. Nothing if it is settled."""
    now = clock.now()
    with transaction.atomic():
        lease.hold()
        booking = with_rows(Booking.objects.all()).get(pk=lease.subject_id)
        if booking.status != Booking.Status.SUGGESTED:
            return
        hold_family(booking.entitlement)
        try:
            pass_transition(booking.lapse, closed_at=now)
        except Overtaken:
            return
        changes = give_all_back(booking, versions_of(booking.municipality_id), by=None, at=now, lapsed=True)
        events.record("booking.suggestions_lapsed", booking, at=now, by_id=None)
        tell_mother("booking_suggestions_lapsed", booking, at=now, changes=changes)
        tell_desk("suggestions_answered", booking, at=now)


def suggested_shift(moving: Moving, hold: Hold, *, at: dt.datetime) -> Shift:
    """What taking these days means: price, units, deadline, and what may speak against it by now."""
    use = replace(use_of(moving.booking), first_day=hold.first_day, last_day=hold.last_day, start_time=hold.arrival)
    return moving.shift(use, at, on=clock.day_of(at), agreed=Agreed(hold.made_at, f"hold:{hold.pk}"))


def refusals_now(shift: Shift) -> tuple[engine.Finding, ...]:
    """Rules about asking early enough were kept when she asked and the facility named the days."""
    return tuple(finding for finding in shift.refusals if finding.code not in AHEAD - {"not_past"})


def _enter(hold: Hold, booking: Booking, offering: Offering, *, by: User, at: dt.datetime) -> str:
    """Close the chosen hold and the others; the kind of place that the booking takes over, "" where none is kept."""
    stands = Hold.objects.get(pk=hold.pk)
    pass_transition(stands.enter, closed_at=at, booking=booking)
    events.record("hold.entered", stands, at=at, by_id=by.pk)
    end_suggestions(booking, but=stands, by=by, at=at)
    if stands.place or not offering.facility.keeps_capacity:
        return stands.place
    days = engine.each_day(stands.first_day, stands.last_day)
    if not take_days(stands.facility_id, offering.place, days):
        raise DayFull(days)
    return offering.place


def _moved(moving: Moving, shift: Shift, hold: Hold, *, by: User, at: dt.datetime) -> Move:
    """The move of a request, accepted before it was asked for."""
    use = replace(use_of(moving.booking), first_day=hold.first_day, last_day=hold.last_day, start_time=hold.arrival)
    move = move_row(moving, use, shift, f"suggestion:{hold.pk}", contact_at=at, by=by, at=at)
    move.number = f"{moving.booking.number}-{Move.objects.filter(booking=moving.booking).count() + 1}"
    move.save(force_insert=True)
    pass_transition(move.accept, closed_at=at)
    return move
