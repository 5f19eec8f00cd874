"""Where a hold meets the booking that takes it over: no counter moves, so nobody comes between."""

import datetime as dt

from facilities.models import Booking, Hold
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import pass_transition


def enter_hold(hold: Hold, booking: Booking, *, by: User, at: dt.datetime) -> int:
    """Close a hold for the booking that has its places now; id of who said yes on the phone.

    Part of the booking's transaction, its last step but the confirmation and the mail.

    Raises:
        TransitionNotAllowed, lifecycle.Overtaken: somebody typed the code first, or its time is over.
    """
    stands = Hold.objects.get(pk=hold.pk)  # the row in hand may come from an attempt that was rolled back
    pass_transition(stands.enter, closed_at=at, booking=booking)
    events.record("hold.entered", stands, at=at, by_id=by.pk)
    return int(stands.made_by_id)
