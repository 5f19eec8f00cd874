"""A use, what a decision granted, and how many units of which pool a use takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from math import ceil, inf
from typing import TypeAlias

from eligibility.engine.ages import Period
from eligibility.engine.facts import Facts
from eligibility.engine.pools import Pool
from eligibility.engine.service import Service, ServiceKind
from eligibility.engine.terms import Terms
from eligibility.engine.units import UnitKind

_FINEST = (UnitKind.HOURS, UnitKind.DAYS, UnitKind.NIGHTS, UnitKind.USES)


class UseStatus(StrEnum):
    LIVE = "live"
    """Asked for or confirmed: it holds its units and its days."""
    ATTENDED = "attended"
    COUNTED = "counted"
    """Cancelled late or not attended, and counted as used: it holds its units but no day."""
    LATE = "late"
    """Cancelled late or not attended where nothing counts as used: it holds nothing, but it was not free either."""
    RELEASED = "released"
    """Cancelled in time, declined or expired: it holds nothing."""


HOLDS_UNITS = frozenset({UseStatus.LIVE, UseStatus.ATTENDED, UseStatus.COUNTED})
HOLDS_DAYS = frozenset({UseStatus.LIVE, UseStatus.ATTENDED})
NOT_FREE = HOLDS_UNITS | {UseStatus.LATE}
"""Those for which she owes something, be it only one of the first uses of a reduction."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a service: a stay, a day or a visit. Both days are included; a use with both twins is one use."""

    service: str
    first_day: date
    last_day: date
    start_time: time | None = None
    hours: float | None = None
    """Length of a visit; None while it is not agreed."""
    children: int | None = None
    """Children who come along; None: all of this birth."""
    siblings: bool = False
    """Whether brothers or sisters come along."""
    number: int = 0
    """Booking number; 0 while it is only asked for."""
    status: UseStatus = UseStatus.LIVE

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def nights(self) -> int:
        return self.days - 1

    @property
    def order(self) -> tuple[date, time, float]:
        """Its place among a birth's uses: first day, start time, booking number; without a number it is the last."""
        return self.first_day, self.start_time or time.min, self.number or inf


def children_of(use: Use, facts: Facts) -> int:
    """How many children a use is for: those who come along, at most those for whom is reckoned."""
    all_of_them = facts.counted_children
    return all_of_them if use.children is None else min(use.children, all_of_them)


@dataclass(frozen=True, slots=True)
class Balance:
    """How much of a pool there is and how much is taken."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


Balances: TypeAlias = Mapping[str, Balance]
"""Pool code → balance."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a decision granted: units per pool, the services, and a period of its own if any."""

    limits: Mapping[str, int]
    services: frozenset[str]
    period: Period | None = None

    @property
    def awaited(self) -> bool:
        """Whether nothing was granted so far. What was granted and has ended leaves its pools."""
        return not self.services and not self.limits


def standard_grant(facts: Facts, terms: Terms, *, services: Iterable[str] | None = None) -> Grant:
    """All that the rules give without any extension, for all services or those named."""
    granted = frozenset(service.code for service in terms.services) if services is None else frozenset(services)
    pools = [pool for pool in terms.pools if granted.intersection(pool.services)]
    return Grant({pool.code: pool.limit_for(facts.counted_children) for pool in pools}, granted)


_pools_of = lru_cache(maxsize=1024)(Terms.pools_of)


def units_of(use: Use, terms: Terms, *, children: int = 1) -> dict[str, int]:
    """Units a use takes of each pool: a stay of N nights takes N+1 days and N nights.

    `children` are those of the birth who count: a length that is not agreed yet may be longer for twins.
    """
    service, children = terms.service(use.service), children if use.children is None else use.children
    return {pool.code: count(use, service, pool.unit, children=children) for pool in _pools_of(terms, use.service)}


def given_up_units(use: Use, kept: Use | None, terms: Terms, *, children: int = 1) -> dict[str, int]:
    """Units of each pool for the days of a use that are not `kept`; of one that takes place on none of them, all."""
    whole = units_of(use, terms, children=children)
    rest = units_of(kept, terms, children=children) if kept else {}
    return {pool: number - rest.get(pool, 0) for pool, number in whole.items()}


def count(use: Use, service: Service, kind: UnitKind, *, children: int = 1) -> int:
    """How many days, nights, uses or started hours a use is. An hour count that is not agreed yet is the longest.

    Several days of a day service in a row are as many uses; a stay is one.
    """
    if kind is UnitKind.DAYS:
        return use.days
    if kind is UnitKind.NIGHTS:
        return use.nights if service.kind is ServiceKind.STAY else 0
    if kind is UnitKind.USES:
        return use.days if service.kind is ServiceKind.DAY else 1
    return ceil(hours_of(use, service, children))


def counted_by(service: str, terms: Terms) -> Pool:
    """The pool in whose units she is told how much a use takes: the finest that counts it, of several the widest."""
    return min(_pools_of(terms, service), key=lambda pool: (_FINEST.index(pool.unit), -len(pool.services)))


def hours_of(use: Use, service: Service, children: int) -> float:
    """Agreed length in hours or, before it is agreed, the longest that the programme allows."""
    if use.hours is not None:
        return use.hours
    return service.duration.for_children(children) / 60 if service.duration else 0


def balances_of(held: Iterable[Use], grant: Grant, terms: Terms, *, children: int = 1) -> dict[str, Balance]:
    """Recount what uses take of each granted pool; `children` as in `units_of`."""
    used = dict.fromkeys(grant.limits, 0)
    for use in held:
        if use.status not in HOLDS_UNITS:
            continue
        for pool, units in units_of(use, terms, children=children).items():
            used[pool] = used.get(pool, 0) + units
    return {pool: Balance(grant.limits.get(pool, 0), taken) for pool, taken in used.items()}
