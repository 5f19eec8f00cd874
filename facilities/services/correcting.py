"""連絡を受けた日時 was recorded wrong: another instant, with its reason, and what follows from it instead."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import give_back, hold_family, take
from eligibility import engine
from facilities.models import Booking
from facilities.rules import works_at_its_facility
from facilities.selectors.consequences import consequences_of
from facilities.selectors.corrections import against_correcting
from facilities.selectors.outcomes import CENTRE, CORRECTED, FACILITY, receipt_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .cancelling import ContactInFuture, HasBegun
from .places import give_places
from .records import consequence_record
from .requoting import settle_prices
from .returning import Moved, units_moved
from .shown import Shown, check_shown
from .telling import tell_mother

LEDGER = "corrected"


def preview_correction(booking: Booking, *, contact_at: dt.datetime) -> engine.Consequence:
    """What the cancellation means if the contact was received at that instant.

    Raises:
        HasBegun: the use was under way then.
    """
    rules = consequences_of(booking)
    if rules.begun(contact_at):
        raise HasBegun
    return rules.cancelled(contact_at)


def correct_contact(
    booking: Booking, *, contact_at: dt.datetime, why: str, shown: Shown, by: User, at: dt.datetime
) -> Booking:
    """Put the instant right, and units and money with it, as `shown`; a no-show becomes a cancellation. She is told.

    A month that was sent keeps its lines: what changes is claimed as a correction in the next one. `why`: a ContactWhy.

    Raises:
        PermissionDenied: her own booking, or neither its facility, the association that books for it, nor its centre.
        NotCorrectable: `code` says what stands against it.
        ContactInFuture: the contact is said to come later than now.
        HasBegun: the use was under way then.
        ConsequenceChanged: it now means something else than was shown; nothing has happened.
        UnitsExhausted: what came back was used by another booking since; nothing has happened.
        Overtaken: it was corrected, or undone, meanwhile.
    """
    authorise(by, "facilities.cancel", booking)
    if by.pk == booking.citizen_id:
        raise PermissionDenied
    if contact_at > at:
        raise ContactInFuture
    rules, consequence = consequences_of(booking), preview_correction(booking, contact_at=contact_at)
    check_shown(shown, consequence)

    was = {"status": booking.status, "contact_at": booking.contact_at, "consequence": booking.consequence}
    with transaction.atomic():
        hold_family(booking.entitlement)
        held = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)  # money may be received meanwhile
        if any(getattr(held, name) != value for name, value in was.items()):
            raise Overtaken(booking)
        if code := against_correcting(held):
            raise NotCorrectable(code)
        moved = units_moved(booking, consequence)
        record = consequence_record(consequence, moved, rules.left_open(consequence))
        record["corrections"] = [*was["consequence"].get("corrections", ()), _kept(booking, why, at)]
        in_time = consequence.kind is engine.ConsequenceKind.IN_TIME
        step = booking.correct_to_in_time if in_time else booking.correct_to_late
        pass_transition(step, contact_at=contact_at, consequence=record)
        _move_units(booking, was["consequence"]["counted"], moved, by=by, at=at)
        if was["status"] == Booking.Status.NO_SHOW:
            give_places(booking)
        changes = settle_prices(booking, rules.versions, by=by, at=at)
        side = FACILITY if works_at_its_facility(by, booking) else CENTRE
        events.record(CORRECTED, booking, at=at, by_id=by.pk, kind=consequence.kind.value, side=side, why=why)
        turn = len(record["corrections"])
        tell_mother("contact_corrected", booking, at=at, turn=turn, changes=changes, receipt=receipt_of(booking))
    return booking


class NotCorrectable(Exception):
    """`code`: as `against_correcting` gives it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _kept(booking: Booking, why: str, at: dt.datetime) -> dict[str, Any]:
    """Instants and a code, beside the amounts."""
    was = booking.contact_at.isoformat() if booking.contact_at else ""
    return {"at": at.isoformat(), "was": was, "why": Booking.ContactWhy(why).value}


def _move_units(booking: Booking, before: dict[str, int], moved: Moved, *, by: User, at: dt.datetime) -> None:
    """From what counted to what counts now; the counters decide whether so many are left."""
    more = {code: moved.counted.get(code, 0) - before.get(code, 0) for code in booking.units}
    taken = {code: number for code, number in more.items() if number > 0}
    back = {code: -number for code, number in more.items() if number < 0}
    if taken:
        take(booking.entitlement, taken, booking_number=booking.number, reason=LEDGER, by=by, at=at)
    if back:
        give_back(booking.entitlement, back, booking_number=booking.number, reason=LEDGER, by=by, at=at)
