"""A family's coupons, one by one: which day used it, which booking holds it, how many are left and until when."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy

from applications.public import Standing, dates_of, units_by_booking
from eligibility import engine
from eligibility.engine.families import open_to
from eligibility.engine.wording import pool_counter, weekday_day
from facilities.models import Booking

from .cards import Card, card_of

State = Literal["used", "held", "left"]
SHEETS = gettext_lazy("枚")
ON_PAPER = gettext_lazy("紙で使いました")


@dataclass(frozen=True, slots=True)
class CouponLine:
    """One coupon, or one day of the coupon. `number` counts from 1 by the days of use; `status`: 確定, 利用ずみ, ""."""

    number: int
    state: State
    text: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class CouponPool:
    """The coupons of one pool. `label`: 宿泊型・訪問型, "" where all are in one; `unit`: 枚, 日, 回."""

    label: str
    unit: str
    lines: tuple[CouponLine, ...]

    @property
    def left(self) -> int:
        return self._count("left")

    @property
    def held(self) -> int:
        return self._count("held")

    @property
    def used(self) -> int:
        return self._count("used")

    def _count(self, state: State) -> int:
        return sum(line.state == state for line in self.lines)


@dataclass(frozen=True, slots=True)
class Usable:
    """Until when services may be used. `services`: their names, "" where it is the same for all."""

    services: str
    period: engine.Period


def coupon_pools(standing: Standing, bookings: Iterable[Booking], *, now: dt.datetime) -> tuple[CouponPool, ...]:
    """Every pool that no other holds, in the programme's order: a limit inside another has no coupons of its own."""
    held = units_by_booking(standing.entitlement)
    cards = [card_of(booking, standing.terms, now=now) for booking in bookings]
    pools = outer_pools(standing)
    return tuple(
        CouponPool(
            label=pool_label(pool, standing) if len(pools) > 1 else "",
            unit=unit_of(pool, standing.terms),
            lines=tuple(_lines(pool, standing, cards, held.get(pool.code, {}))),
        )
        for pool in pools
    )


def outer_pools(standing: Standing) -> list[engine.Pool]:
    """The granted pools whose services are not all counted by a wider one."""
    granted = [pool for pool in standing.terms.pools if pool.code in standing.balances]
    return [pool for pool in granted if not any(set(pool.services) < set(other.services) for other in granted)]


def pool_label(pool: engine.Pool, standing: Standing) -> str:
    """宿泊型・日帰り型: the granted services that it counts and that are open to the family."""
    return "・".join(service.short_label for service in _usable(standing) if service.code in pool.services)


def unit_of(pool: engine.Pool, terms: engine.Terms) -> str:
    """枚 where there is a coupon for each unit, else how the pool is counted: 日, 回."""
    each = terms.coupons is not None and terms.coupons.each is engine.EachCoupon.UNIT
    return str(SHEETS) if each else pool_counter(pool)


def usable_until(standing: Standing, *, on: dt.date) -> tuple[Usable, ...]:
    """One for each different period, in the programme's order."""
    periods: dict[engine.Period, list[str]] = {}
    for service in _usable(standing):
        period = engine.use_period(service.code, standing.facts(on), standing.terms)
        periods.setdefault(period, []).append(service.short_label)
    return tuple(Usable("・".join(labels) if len(periods) > 1 else "", period) for period, labels in periods.items())


def _usable(standing: Standing) -> Sequence[engine.Service]:
    family = dates_of(standing.birth).family
    return [
        service
        for service in standing.terms.services
        if service.code in standing.services and open_to(service.families, family) is not engine.Verdict.UNMET
    ]


def _lines(
    pool: engine.Pool, standing: Standing, cards: Sequence[Card], held: Mapping[str, int]
) -> Iterable[CouponLine]:
    """Those of paper first, then by the days of the bookings that hold them, then what is left."""
    taken: list[tuple[State, str, str]] = [("used", str(ON_PAPER), "")] * held.get("", 0)
    for card in cards:
        taken += _of_booking(card, pool, held.get(card.booking.number, 0))
    number = 0
    for number, (state, text, status) in enumerate(taken, start=1):
        yield CouponLine(number, state, text, status)
    for more in range(max(0, standing.balances[pool.code].limit - len(taken))):
        yield CouponLine(number + more + 1, "left", "")


def _of_booking(card: Card, pool: engine.Pool, units: int) -> Iterable[tuple[State, str, str]]:
    """A day each where days are counted, as far as the booking holds them."""
    booking = card.booking
    state: State = "held" if booking.status in Booking.LIVE else "used"
    for place in range(units):
        day = booking.first_day + dt.timedelta(days=place if pool.unit is engine.UnitKind.DAYS else 0)
        yield state, f"{weekday_day(day)} {card.service.short_label}・{booking.facility.name}", card.status_label
