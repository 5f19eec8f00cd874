"""A facility checks coupons: who looked is written down, and who tries one number after the other is stopped."""

import datetime as dt

from django.db import transaction

from applications.public import Coupon
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
    coupon = look_up(code, facility=facility, by=by, at=at)
    if coupon is None:
        return None
    cards = read_cards(own_bookings(coupon, facility), by=by, at=at)
    return check_of(coupon, cards, on=clock.day_of(at))


def look_up(code: str, *, facility: Facility, by: User, at: dt.datetime) -> Coupon | None:
    """The coupon itself, for what is done with it; noted as read. None and raises as `check_coupon`."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sixteen tabs try one after another
        if Event.objects.filter(actor_id=by.pk, verb=MISSED, at__gt=at - PAUSE).count() >= TRIES:
            raise TooManyTries
        coupon = coupon_shown_at(facility, code, on=clock.day_of(at))
        if coupon is None:
            events.record(MISSED, facility, at=at, by_id=by.pk, facility_id=facility.pk)
    if coupon:
        events.record_reads(CHECKED, [coupon], at=at, by_id=by.pk, facility_id=facility.pk)
    return coupon


class TooManyTries(Exception):
    """Whoever goes on trying numbers is not answered, right or wrong."""
