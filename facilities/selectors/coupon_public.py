"""What anybody may know who holds a coupon in hand: whether it is good, how many are left, until which day.

Nobody's name, no booking, no class. Twelve random digits stand between this and everybody else.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from applications.public import Coupon, standing_of
from eligibility.public import Municipality
from postpartum_portal.shared.tenancy import tenant

from .coupon_check import LastDay, PoolLeft, pools_of_coupon
from .coupons import usable_until


class CouponState(StrEnum):
    VALID = "valid"
    USED_UP = "used_up"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PublicCoupon:
    """`pools` and `until` are empty where it is withdrawn."""

    state: CouponState
    label: str
    pools: tuple[PoolLeft, ...] = ()
    until: tuple[LastDay, ...] = ()


def public_coupon(code: str, municipality: Municipality, *, on: dt.date) -> PublicCoupon | None:
    """None for a number that this municipality never gave out."""
    with tenant(municipality=municipality.pk):  # a stranger's scope is nobody's: this door shows these fields alone
        rows = Coupon.objects.filter(code=code, municipality=municipality)
        coupon = rows.select_related("entitlement__birth__household", "entitlement__programme_version").first()
        if coupon is None:
            return None
        standing = standing_of(coupon.entitlement)
        coupons = standing.terms.coupons
        label = coupons.label if coupons else ""
        if coupon.withdrawn_at or coupons is None or not standing.services:
            return PublicCoupon(CouponState.WITHDRAWN, label)
        pools = tuple(pools_of_coupon(standing))
        until = tuple(LastDay(usable.services, usable.period.last) for usable in usable_until(standing, on=on))
    if not any(pool.left for pool in pools):
        return PublicCoupon(CouponState.USED_UP, label, pools, until)
    over = all(last.day and last.day < on for last in until)
    return PublicCoupon(CouponState.OVER if over else CouponState.VALID, label, pools, until)
