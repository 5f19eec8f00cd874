"""What a desk sees before it enters a booking: the price as on a card, what is left, until when it is free."""

import datetime as dt
from dataclasses import dataclass

from applications.public import Coupon, Standing, standing_of
from eligibility import engine
from eligibility.engine.wording import pool_units, span
from facilities.models import Offering
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant

from .cards import bookings_of
from .coupons import outer_pools, pool_label
from .guests import as_told, price_text
from .proposals import propose
from .stored import quoted
from .told_to_desk import told_to_desk
from .uses import free_lead
from .visiting import Agreed


@dataclass(frozen=True, slots=True)
class LeftAfter:
    """`label`: 宿泊型・日帰り型, "" where all are in one pool; `before` and `after`: 5泊, 3泊."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PhonePrice:
    """`against`: why it cannot be, "" where it can. `shown` names all that is told: confirmed is what was read."""

    title: str
    against: str
    to_pay: engine.Amount
    tax_note: str
    price_text: str
    left: tuple[LeftAfter, ...]
    deadline: engine.Deadline
    free_lead: str
    rule: str
    shown: str


def phone_price(coupon: Coupon, offering: Offering, use: engine.Use, *, at: dt.datetime) -> PhonePrice:
    """Judged by all of the family's bookings, told without them."""
    with tenant(municipality=coupon.municipality_id):
        standing = standing_of(coupon.entitlement)
        bookings = bookings_of(coupon.entitlement)
        found = propose(use, standing, offering, bookings=bookings, on=clock.day_of(at), agreed=Agreed(at))
    price, service = quoted(found.quote), found.service
    length = engine.length_text(use, service) if use.nights else ""
    title = f"{service.label} {span(use.first_day, use.last_day)} {length}".rstrip()
    to_pay = as_told(price.total)
    return PhonePrice(
        title=title,
        against=told_to_desk(found.refusals),
        to_pay=to_pay,
        tax_note=service.price.tax_note,
        price_text=price_text(price, use, service),
        left=tuple(_left(standing, found.plan)),
        deadline=found.deadline,
        free_lead=free_lead(service, found.terms),
        rule=service.cancellation.text,
        shown=f"{offering.pk}:{use.first_day}:{use.last_day}:{use.start_time or ''}:{to_pay}",
    )


def _left(standing: Standing, plan: engine.Plan) -> list[LeftAfter]:
    """Of the pools that a coupon's page tells of."""
    pools = [pool for pool in outer_pools(standing) if pool.code in plan.left_after]
    return [
        LeftAfter(
            pool_label(pool, standing),
            pool_units(plan.left_before[pool.code], pool),
            pool_units(plan.left_after[pool.code], pool),
        )
        for pool in pools
    ]
