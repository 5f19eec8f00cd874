"""The coupons of a programme that has them: what they are called, and for what each of them stands."""

from dataclasses import dataclass
from enum import StrEnum

from eligibility.engine.values import Source


class EachCoupon(StrEnum):
    """What one coupon is good for."""

    UNIT = "unit"
    """One day or visit: as many are handed over as the use takes units (1泊2日は2枚)."""
    ALL = "all"
    """All that was granted: one coupon, whose days are counted down."""


@dataclass(frozen=True, slots=True)
class Coupons:
    label: str
    """利用券, クーポン"""
    each: EachCoupon
    source: Source
