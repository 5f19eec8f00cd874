"""The day itself: she came, or she did not."""

import datetime as dt

from django.db import transaction

from applications.public import hold_family
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.consequences import consequences_of
from facilities.selectors.moves import open_move
from facilities.selectors.outcomes import receipt_of
from facilities.selectors.versions import versions_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .records import consequence_record
from .requoting import quote_anew, settle_prices
from .returning import return_units, units_moved
from .settling import drop_open_move
from .shown import Shown, check_shown
from .telling import tell_mother


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
        tell_mother("booking_no_show", booking, at=at, changes=changes, receipt=receipt_of(booking))
    return booking


class MoveUnanswered(Exception):
    """Nobody is absent who has asked for other days and has no answer."""


class TooEarly(Exception):
    """Somebody marked an arrival, or a no-show, before the first day."""


def _check_day(booking: Booking, at: dt.datetime) -> None:
    if clock.day_of(at) < booking.first_day:
        raise TooEarly
