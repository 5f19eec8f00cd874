"""A facility checks coupons: who looked is written down, and who tries one number after the other is stopped."""

import datetime as dt

from django.db import transaction

from facilities.models import Facility
from facilities.selectors.coupon_check import CouponCheck, check_of, coupon_shown_at, own_bookings
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event

from .reading import read_cards

CHECKED = "coupon.checked"
MISSED = "coupon.missed"
TRIES, PAUSE = 10, dt.timedelta(hours=1)
"""So many wrong numbers within this time, and nobody's coupons are told to this person: a rule of the portal."""


def check_coupon(code: str, *, facility: Facility, by: User, at: dt.datetime) -> CouponCheck | None:
    """What the facility may know of the family with this code; None for an unknown one and for one that is not theirs.

    Raises:
        TooManyTries: this person has tried too many wrong numbers of late.
    """
    on = clock.day_of(at)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sixteen tabs try one after another
        if Event.objects.filter(actor_id=by.pk, verb=MISSED, at__gt=at - PAUSE).count() >= TRIES:
            raise TooManyTries
        coupon = coupon_shown_at(facility, code, on=on)
        if coupon is None:
            events.record(MISSED, facility, at=at, by_id=by.pk, facility_id=facility.pk)
    if coupon is None:
        return None

    events.record_reads(CHECKED, [coupon], at=at, by_id=by.pk, facility_id=facility.pk)
    return check_of(coupon, read_cards(own_bookings(coupon, facility), by=by, at=at), on=on)


class TooManyTries(Exception):
    """Whoever goes on trying numbers is not answered, right or wrong."""
