"""A cancellation or a no-show for which the programme publishes no rule: staff decide, and may correct it."""

import datetime as dt

from django.db import transaction

from applications.public import give_back, hold_family, take
from facilities.models import Booking, OutcomeDecision
from facilities.rules import works_at_its_facility
from facilities.selectors.outcomes import is_left_open, receipt_of
from facilities.selectors.versions import versions_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise

from .answering import ReasonMissing
from .records import decided_record
from .requoting import settle_prices
from .returning import Moved
from .telling import tell_mother

DECIDED = "decided"
"""Why the ledger moves."""


def decide_outcome(
    booking: Booking, *, counts: bool, fee: int | None, reason: str, seen: int, by: User, at: dt.datetime
) -> OutcomeDecision:
    """Say whether the booking's units count as used and what is owed; said again, it corrects what was said.

    `fee` in whole yen: 0 for nothing, None as long as it is open. `reason` is shown to the mother. `seen`: how many
    decisions of this booking the page knew of.

    Raises:
        PermissionDenied: `by` is neither of its facility nor a decider of its centre, or it is her own.
        NothingToDecide: it took place or is still to come, or the programme says itself what follows.
        ReasonMissing: nothing is said why.
        Overtaken: somebody else has decided since the page was read.
        UnitsExhausted: what came back was used by another booking since; nothing has happened.
    """
    authorise(by, "facilities.decide_outcome", booking)

    if not is_left_open(booking):
        raise NothingToDecide
    if not reason.strip():
        raise ReasonMissing
    versions = versions_of(booking.municipality_id)

    with transaction.atomic():
        hold_family(booking.entitlement)
        _lock(booking, seen)
        moved = _moved(booking, counts)
        _move_units(booking, moved, by=by, at=at)
        decision = _write(booking, seen + 1, counts, fee, reason.strip(), by, at)
        booking.consequence = decided_record(booking.consequence, moved, fee)
        Booking.objects.filter(pk=booking.pk).update(consequence=booking.consequence)
        changes = settle_prices(booking, versions, by=by, at=at)
        events.record("booking.decided", booking, at=at, by_id=by.pk, number=decision.number, counts=counts)
        tell_mother(
            "booking_decided", booking, at=at, turn=decision.number, changes=changes, receipt=receipt_of(booking)
        )
    return decision


class NothingToDecide(Exception):
    """The programme says itself what follows, or nothing follows at all."""


def _lock(booking: Booking, seen: int) -> None:
    """Of two who decide at once, the second finds one decision more than the page showed."""
    held = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    if OutcomeDecision.objects.filter(booking=held).count() != seen:
        raise Overtaken(booking)
    booking.consequence = held.consequence


def _moved(booking: Booking, counts: bool) -> Moved:
    """All that the booking took, either way."""
    taken = {code: number for code, number in booking.units.items() if number}
    return Moved(taken, {}) if counts else Moved({}, taken)


def _move_units(booking: Booking, moved: Moved, *, by: User, at: dt.datetime) -> None:
    """From what counts now to what is to count; the counters decide whether so many are left."""
    held = booking.consequence["counted"]
    more = {code: number - held.get(code, 0) for code, number in moved.counted.items()}
    less = {code: held.get(code, 0) for code in moved.returned}
    if any(more.values()):
        take(booking.entitlement, more, booking_number=booking.number, reason=DECIDED, by=by, at=at)
    if any(less.values()):
        give_back(booking.entitlement, less, booking_number=booking.number, reason=DECIDED, by=by, at=at)


def _write(
    booking: Booking, number: int, counts: bool, fee: int | None, reason: str, by: User, at: dt.datetime
) -> OutcomeDecision:
    return OutcomeDecision.objects.create(
        municipality_id=booking.municipality_id,
        facility_id=booking.facility_id,
        citizen_id=booking.citizen_id,
        booking=booking,
        number=number,
        counts=counts,
        fee=fee,
        reason=reason,
        by=by,
        by_facility=works_at_its_facility(by, booking),
        at=at,
    )
