"""Cancelling: the consequence is shown first, and nothing happens if it has changed since."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from applications.public import dates_of, give_back
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.adjusting import needs_adjusting
from facilities.selectors.uses import terms_of, use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .places import give_places
from .records import consequence_record
from .telling import tell_mother


def preview(booking: Booking, *, contact_at: dt.datetime) -> engine.Consequence:
    """What cancelling means when the contact was received at that instant, not when it is typed in.

    Always free while the facility has not answered (the rule speaks of a booking, and a request is none yet), and for
    a booking that a recorded birth has put outside the period.
    """
    terms = terms_of(booking)
    use, facts = use_of(booking), dates_of(booking.entitlement.birth)
    if booking.status == Booking.Status.REQUESTED:
        return _free(use, facts, terms, "unanswered", "施設の返事がまだないので、いつ取り下げても戻ります。")
    if needs_adjusting(booking):
        return _free(use, facts, terms, "outside_period", "使える期間の外になったので、いつ取り消しても戻ります。")
    return engine.cancel(use, facts=facts, terms=terms, contact_at=contact_at)


def cancel(
    booking: Booking, *, contact_at: dt.datetime, shown: engine.ConsequenceKind, by: User, at: dt.datetime
) -> Booking:
    """Cancel with the consequence that was `shown`. Places go back always, units as the programme says.

    On the portal `contact_at` is the server's time at receipt; a call may be typed in later by whoever took it.

    Raises:
        PermissionDenied: not her booking, and neither her facility nor her centre.
        ContactInFuture: the contact is said to come later than now.
        ConsequenceChanged: it now costs something else than was shown; nothing has happened.
        TransitionNotAllowed, Overtaken: the booking is closed already.
    """
    authorise(by, "facilities.cancel", booking)

    if contact_at > at:
        raise ContactInFuture
    consequence = preview(booking, contact_at=contact_at)
    if consequence.kind != shown:
        raise ConsequenceChanged(consequence)

    in_time = consequence.kind is engine.ConsequenceKind.IN_TIME
    with transaction.atomic():
        pass_transition(
            booking.cancel_in_time if in_time else booking.cancel_late,
            contact_at=contact_at,
            closed_at=at,
            consequence=consequence_record(consequence),
        )
        _settle(booking, consequence, by=by, at=at)
        events.record("booking.cancelled", booking, at=at, by_id=by.pk, kind=consequence.kind.value)
        tell_mother("booking_cancelled", booking, at=at)
    return booking


class ContactInFuture(Exception):
    """A contact was entered with an instant that has not come."""


class ConsequenceChanged(Exception):
    """Cancelling now means something else than what was shown. `consequence` is what it means now."""

    def __init__(self, consequence: engine.Consequence) -> None:
        super().__init__(consequence.kind.value)
        self.consequence = consequence


def _free(use: engine.Use, facts: engine.Facts, terms: engine.Terms, code: str, fact: str) -> engine.Consequence:
    """The consequence of a cancellation in time, with the reason why the clock does not matter."""
    deadline = engine.deadline_of(use, terms)
    in_time = engine.cancel(use, facts=facts, terms=terms, contact_at=deadline.at - dt.timedelta(days=1))
    return replace(
        in_time,
        findings=(engine.Finding(code, engine.Verdict.MET, "取り消しの期限", fact, deadline.source),),
    )


def _settle(booking: Booking, consequence: engine.Consequence, *, by: User, at: dt.datetime) -> None:
    if consequence.returned:
        # What the booking took, not what the rule would take today: the ledger must come out even.
        returned = {code: booking.units[code] for code in consequence.returned if code in booking.units}
        give_back(booking.entitlement, returned, booking_number=booking.number, reason=booking.status, by=by, at=at)
    give_places(booking)
