"""Not asking for a fee that a cancellation or a no-show costs; and asking for it again after all."""

import datetime as dt

from django.db import transaction

from facilities.models import Booking, FeeWaiver
from facilities.selectors.owed_fees import owed_fee
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise

from .answering import ReasonMissing
from .paying import NothingOwed
from .telling import tell_mother

WAIVE = "facilities.waive_fee"


def waive_fee(booking: Booking, *, reason: str, by: User, at: dt.datetime) -> FeeWaiver:
    """What is still to be paid is no longer asked for; what was received, and the units, stay. She is told `reason`.

    Raises:
        PermissionDenied: `by` does not work at the facility, or it is her own booking.
        ReasonMissing: nothing is said why.
        NothingOwed: nothing is owed of it, or it was paid or waived meanwhile.
    """
    authorise(by, WAIVE, booking)

    if not reason.strip():
        raise ReasonMissing

    with transaction.atomic():
        held = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)  # money may be received meanwhile
        owed = owed_fee(held)
        if owed is None or not owed.open:
            raise NothingOwed
        waiver = FeeWaiver.objects.create(
            municipality_id=held.municipality_id,
            facility_id=held.facility_id,
            citizen_id=held.citizen_id,
            booking=held,
            reason=reason.strip(),
            by=by,
            at=at,
        )
        events.record("fee.waived", waiver, at=at, by_id=by.pk, booking=held.number)
        tell_mother("fee_waived", held, at=at, turn=_turn(held), fee=owed, reason=waiver.reason)
    return waiver


def undo_waiver(waiver: FeeWaiver, *, by: User, at: dt.datetime) -> None:
    """It was a mistake: what is left is owed again, and she is told so.

    Raises:
        PermissionDenied: as `waive_fee`.
        Overtaken: it was undone meanwhile.
    """
    authorise(by, WAIVE, waiver)

    with transaction.atomic():
        if not FeeWaiver.objects.filter(pk=waiver.pk, undone_at=None).update(undone_at=at, undone_by=by):
            raise Overtaken(waiver)
        events.record("fee.waiver_undone", waiver, at=at, by_id=by.pk)
        if (owed := owed_fee(waiver.booking)) and owed.open:
            tell_mother("fee_asked_again", waiver.booking, at=at, turn=_turn(waiver.booking), fee=owed)


def _turn(booking: Booking) -> int:
    """Which of the booking's waivers is the last: 1 for the first."""
    return FeeWaiver.objects.filter(booking=booking).count()
