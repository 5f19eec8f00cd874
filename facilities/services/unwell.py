"""She tells that she, or her child, is unwell. Nothing is cancelled by it: the facility calls, or she does."""

import datetime as dt

from facilities.models import Booking
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise


def tell_unwell(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """Let the facility and the centre see that she told, and when; what she has is said on the phone. Once is enough.

    Raises:
        PermissionDenied: not her booking, and neither her facility nor her centre.
        Overtaken: the booking is closed.
    """
    authorise(by, "facilities.move", booking)
    told = Booking.objects.filter(pk=booking.pk, status__in=Booking.LIVE)
    if told.filter(unwell_at__isnull=True).update(unwell_at=at):
        booking.unwell_at = at
        events.record("booking.unwell", booking, at=at, by_id=by.pk)
    elif not told.exists():
        raise Overtaken(booking)
    return booking
