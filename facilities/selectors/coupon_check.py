"""What a facility may know of a family that shows it her coupons: the fields of `CouponCheck` and nothing else.

No class, no birth date, no reason for a last day, no booking elsewhere: nobody at a reception needs them.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from applications.public import Coupon, Standing, shown_coupon, standing_of
from facilities.models import Booking, Contract, Facility

from .contracts import in_force
from .coupons import outer_pools, pool_label, unit_of, usable_until
from .guests import GuestCard, with_rows
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class PoolLeft:
    """`label`: 宿泊型・日帰り型; `limit` of them were given, `left` are neither used nor booked."""

    label: str
    unit: str
    limit: int
    left: int


@dataclass(frozen=True, slots=True)
class LastDay:
    """`services`: "" where it is the same for all; `day`: None while no day can be told yet."""

    services: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class CouponCheck:
    """`coupons`: what they are called; `code` in groups of four; `today` and `others` are bookings at this facility."""

    name: str
    municipality: str
    coupons: str
    code: str
    pools: tuple[PoolLeft, ...]
    until: tuple[LastDay, ...]
    today: tuple[GuestCard, ...]
    others: tuple[GuestCard, ...]


def coupon_shown_at(facility: Facility, code: str, *, on: dt.date) -> Coupon | None:
    """The coupon of this code if its municipality has a contract with the facility on that day; else None."""
    return shown_coupon(code, municipalities=_contracted(facility, on))


def takes_coupons(facility: Facility, *, on: dt.date) -> bool:
    """Whether a municipality that it has a contract with hands out coupons."""
    in_force = (versions_of(municipality).terms_on(on) for municipality in _contracted(facility, on))
    return any(terms.coupons for terms in in_force)


def own_bookings(coupon: Coupon, facility: Facility) -> QuerySet[Booking]:
    """Hers at this facility that take place or took place, the first day first."""
    kept = Booking.HOLDS_PLACES
    return with_rows(Booking.objects.filter(entitlement=coupon.entitlement, facility=facility, status__in=kept))


def check_of(coupon: Coupon, cards: tuple[GuestCard, ...], *, on: dt.date) -> CouponCheck | None:
    """None where the programme has no coupons (any more), or nothing is granted any more."""
    standing = standing_of(coupon.entitlement)
    if standing.terms.coupons is None or not standing.services:
        return None
    today = tuple(card for card in cards if card.first_day <= on <= card.last_day)
    return CouponCheck(
        name=standing.birth.household.name,
        municipality=coupon.entitlement.municipality.name,
        coupons=standing.terms.coupons.label,
        code=coupon.grouped,
        pools=tuple(pools_of_coupon(standing)),
        until=tuple(LastDay(usable.services, usable.period.last) for usable in usable_until(standing, on=on)),
        today=today,
        others=tuple(card for card in cards if card not in today),
    )


def _contracted(facility: Facility, on: dt.date) -> list[int]:
    """Ids of the municipalities with a contract that holds on a day."""
    return list(Contract.objects.filter(in_force(on), facility=facility).values_list("municipality_id", flat=True))


def pools_of_coupon(standing: Standing) -> list[PoolLeft]:
    """What was given and what is left, by the pools that no other holds."""
    balances = standing.balances
    return [
        PoolLeft(
            pool_label(pool, standing),
            unit_of(pool, standing.terms),
            balances[pool.code].limit,
            balances[pool.code].left,
        )
        for pool in outer_pools(standing)
    ]
