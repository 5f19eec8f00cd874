"""Cancelling: the consequence is shown first, and nothing happens if it has changed since."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from applications.public import Birth, hold_family
from eligibility import engine
from facilities.models import Booking
from facilities.rules import answers_there
from facilities.selectors.adjusting import OUTSIDE, needs_adjusting
from facilities.selectors.consequences import Consequences, consequences_of
from facilities.selectors.outcomes import CENTRE, FACILITY, HER, receipt_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .places import give_places
from .records import consequence_record
from .requoting import settle_prices
from .returning import return_units, units_moved
from .settling import drop_open_move
from .shown import Shown, check_shown
from .suggestion_ends import end_suggestions
from .telling import tell_mother


def preview(booking: Booking, *, contact_at: dt.datetime) -> engine.Consequence:
    """What cancelling means when the contact was received at that instant, not when it is typed in.

    Always free while the facility has not answered (the rule speaks of a booking, and a request is none yet), and for
    a booking that a recorded birth has put outside the period, or a loss has closed to her.

    Raises:
        HasBegun: the use was under way then; the facility records whether she came.
    """
    return _weigh(consequences_of(booking), contact_at)


def cancel(booking: Booking, *, contact_at: dt.datetime, shown: Shown, by: User, at: dt.datetime) -> Booking:
    """Cancel with the consequence that was `shown`. Places go back always, units as the programme says.

    On the portal `contact_at` is the server's time at receipt; a call may be typed in later by whoever took it.

    Raises:
        PermissionDenied: not her booking, and neither her facility, the association that books for it, nor her centre.
        ContactInFuture: the contact is said to come later than now.
        HasBegun: as `preview`.
        ConsequenceChanged: it now means something else than was shown; nothing has happened.
        TransitionNotAllowed, Overtaken: the booking is closed already.
    """
    authorise(by, "facilities.cancel", booking)

    if contact_at > at:
        raise ContactInFuture
    rules = consequences_of(booking)
    consequence = _weigh(rules, contact_at)
    check_shown(shown, consequence)

    with transaction.atomic():
        hold_family(booking.entitlement)
        close(rules, consequence, contact_at=contact_at, by=by, at=at, told="booking_cancelled")
    return booking


def close(
    rules: Consequences,
    consequence: engine.Consequence,
    *,
    contact_at: dt.datetime,
    by: User,
    at: dt.datetime,
    told: str,
) -> None:
    """Close a booking with what that means. Part of the caller's transaction, which holds the family.

    `told`: the mail to its mother.
    """
    booking, in_time = rules.booking, consequence.kind is engine.ConsequenceKind.IN_TIME
    moved = units_moved(booking, consequence)
    pass_transition(
        booking.cancel_in_time if in_time else booking.cancel_late,
        contact_at=contact_at,
        closed_at=at,
        consequence=consequence_record(consequence, moved, rules.left_open(consequence)),
    )
    drop_open_move(booking, by=by, at=at)
    end_suggestions(booking, by=by, at=at)
    return_units(booking, moved, by=by, at=at)
    give_places(booking)
    changes = settle_prices(booking, rules.versions, by=by, at=at)
    events.record(
        "booking.cancelled", booking, at=at, by_id=by.pk, kind=consequence.kind.value, side=_side(by, booking)
    )
    tell_mother(told, booking, at=at, changes=changes, receipt=receipt_of(booking))


class HasBegun(Exception):
    """A use that is under way, or over, is not cancelled: she came, or she did not."""


class ContactInFuture(Exception):
    """A contact was entered with an instant that has not come."""


def _side(by: User, booking: Booking) -> str:
    """Who typed it in, for the receipt: by then the person may work elsewhere."""
    if by.pk == booking.citizen_id:
        return HER
    return FACILITY if answers_there(by, booking) else CENTRE


def _weigh(rules: Consequences, contact_at: dt.datetime) -> engine.Consequence:
    if rules.booking.status in Booking.UNANSWERED:
        return rules.free("unanswered", _("返事がまだないので、いつ取り下げても戻ります。"))
    if rules.begun(contact_at):
        raise HasBegun
    if needs_adjusting(rules.booking):
        if rules.booking.entitlement.birth.outcome == Birth.Outcome.LOST:
            return rules.free("closed_after_loss", _("お使いいただけなくなった予約なので、いつ取り消しても戻ります。"))
        return rules.free(OUTSIDE, _("使える期間の外になったので、いつ取り消しても戻ります。"))
    return rules.cancelled(contact_at)
