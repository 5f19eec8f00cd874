"""What follows for bookings when a birth is recorded or corrected: they are kept, and their mother is told."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from applications.public import Birth, birth_recorded
from facilities.selectors.adjusting import to_adjust
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events

from .telling import tell_mother


@receiver(birth_recorded)
def notice_birth(*, birth: Birth, by: User, at: dt.datetime, **_signal: Any) -> None:
    """Note and mail every booking that now lies outside the period."""
    for booking in to_adjust(birth, on=clock.day_of(at)):
        events.record("booking.left_outside", booking, at=at, by_id=by.pk)
        tell_mother("booking_outside", booking, at=at)
