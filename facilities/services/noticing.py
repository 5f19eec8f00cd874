"""What follows for bookings when a period of use moves: they are kept, and their mother is told."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from applications.public import Birth, Entitlement, entitlement_changed
from facilities.selectors.adjusting import to_adjust
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events

from .telling import tell_mother


@receiver(entitlement_changed)
def notice_period(*, entitlement: Entitlement, by: User | None, at: dt.datetime, **_signal: Any) -> None:
    """Note and mail every booking that now lies outside the period; after a loss no mail speaks of one."""
    lost = entitlement.birth.outcome == Birth.Outcome.LOST
    for booking in to_adjust(entitlement.birth, on=clock.day_of(at)):
        events.record("booking.left_outside", booking, at=at, by_id=by.pk if by else None)
        if not lost:
            tell_mother("booking_outside", booking, at=at)
