"""What is left, as a mother wants to see it: one line for each pool that her services share."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from applications.public import Standing
from eligibility import engine
from eligibility.engine.wording import money, pool_counter
from eligibility.public import entered_amounts
from facilities.models import Booking

from .lengths import longest
from .moves import units_asked
from .pools import PoolLeft, leading_pool, pools_left, shared_left
from .uses import use_of


@dataclass(frozen=True, slots=True)
class Remaining:
    """Units of one pool: `used` for good, `held` by bookings to come, `left`. `unit` is 日, 泊 or 回.

    `total` is that pool, `within` are the others that count its services, the one with least left first.
    `reduced`: 2,500円減免 あと3回, where a reduction is for the first so many uses; 訪問型は stands before it where it
    is not for all that was granted.
    """

    pool: str
    label: str
    services: tuple[engine.Service, ...]
    unit: str
    used: int
    held: int
    left: int
    total: PoolLeft
    within: tuple[PoolLeft, ...]
    sentence: str
    price: str
    reduced: str

    @property
    def at_facility(self) -> bool:
        """Whether she books it herself."""
        return self.services[0].arranged_by is engine.ArrangedBy.FACILITY

    def of(self, service: engine.Service) -> tuple[PoolLeft, ...]:
        """Every pool that counts one of the services, the one with least left first, of equals the total last."""
        own = [item for item in self.within if service.code in item.pool.services]
        return tuple(sorted([*own, self.total], key=lambda item: item.left))


def remaining(standing: Standing, bookings: Iterable[Booking], *, on: dt.date) -> tuple[Remaining, ...]:
    """One entry for each pool by which granted services are counted, in the programme's order."""
    rows = list(bookings)
    live = [booking.units for booking in rows if booking.status in Booking.LIVE]
    live.append(units_asked(standing.entitlement))
    place = engine.Place(entered=entered_amounts(standing.entitlement.municipality))
    by_pool: dict[str, list[engine.Service]] = {}
    for service in standing.terms.services:
        if service.code in standing.services and (pool := leading_pool(service, standing.terms)):
            by_pool.setdefault(pool.code, []).append(service)
    reduced = _reduced(standing, [use_of(booking) for booking in rows], on)
    return tuple(
        _remaining(code, tuple(services), standing, live, reduced, place, on) for code, services in by_pool.items()
    )


def _remaining(
    code: str,
    services: tuple[engine.Service, ...],
    standing: Standing,
    live: list[Mapping[str, int]],
    reduced: Mapping[str, str],
    place: engine.Place,
    on: dt.date,
) -> Remaining:
    balances, shared = standing.balances, standing.terms.pool(code)
    balance = balances.get(code, engine.Balance(0, 0))
    held = min(balance.used, sum(units.get(code, 0) for units in live))
    alone = len(services) == 1
    return Remaining(
        pool=code,
        label="・".join(service.short_label for service in services),
        services=services,
        unit=pool_counter(shared),
        used=balance.used - held,
        held=held,
        left=balance.left,
        total=shared_left(shared, balances),
        within=pools_left(services, standing.terms, balances, shared=shared),
        sentence="" if alone or not balance.left else _sentence(services, standing),
        price=_price(services[0], standing, place, on) if alone else "",
        reduced="、".join(dict.fromkeys(reduced[item.code] for item in services if item.code in reduced)),
    )


def _sentence(services: tuple[engine.Service, ...], standing: Standing) -> str:
    """次に使えるのは、宿泊型は2泊3日まで、日帰り型は3日まで。訪問型は1回ずつ予約します。What is used up is not named.

    A visit has no length: 1回まで would read as if one were all that is left.
    """
    usable = [(service, text) for service in services if (text := longest(service, standing))]
    visit = engine.ServiceKind.VISIT
    most = "、".join(
        gettext("%(service)sは%(text)sまで") % {"service": service.short_label, "text": text}
        for service, text in usable
        if service.kind is not visit
    )
    singly = "・".join(service.short_label for service, _ in usable if service.kind is visit)
    return (gettext("次に使えるのは、%(most)s。") % {"most": most} if most else "") + (
        gettext("%(singly)sは1回ずつ予約します。") % {"singly": singly} if singly else ""
    )


def _price(service: engine.Service, standing: Standing, place: engine.Place, on: dt.date) -> str:
    facts = standing.facts(on)
    household = engine.effective_class(facts, standing.terms, on=on)
    row = engine.price_row(service, standing.terms, children=facts.counted_children, place=place, on=on)
    return row.price_for(household.code).text


def _reduced(standing: Standing, uses: Sequence[engine.Use], on: dt.date) -> dict[str, str]:
    """Service code → how many of the first uses that cost her less are left."""
    household = engine.effective_class(standing.facts(on), standing.terms, on=on)
    found: dict[str, str] = {}
    for reduction in standing.terms.reductions:
        if reduction.first and household.code in reduction.classes:
            before = standing.entitlement.reductions_used.get(reduction.code, 0)
            left = max(0, reduction.first.number - before - _first_uses(reduction.first, uses))
            lead = (
                gettext("%(amount)s減免") % {"amount": money(reduction.amount)} if reduction.amount else reduction.label
            )
            whose = _whose(reduction, standing)
            told = gettext("あと%(left)s回") % {"left": left} if left else gettext("のこりはありません")
            found |= dict.fromkeys(reduction.services, f"{whose}{lead} {told}")
    return found


def _whose(reduction: engine.Reduction, standing: Standing) -> str:
    """訪問型は, or "" where the reduction is for every service that was granted."""
    if standing.services <= set(reduction.services):
        return ""
    granted = [service for service in standing.terms.services if service.code in standing.services]
    return "・".join(service.short_label for service in granted if service.code in reduction.services) + gettext("は")


def _first_uses(first: engine.FirstUses, uses: Iterable[engine.Use]) -> int:
    counting = engine.HOLDS_UNITS if first.late_cancelled_count else engine.HOLDS_DAYS
    counted = [use for use in uses if use.status in counting and use.service in first.over]
    return sum(use.days for use in counted) if first.unit is engine.UnitKind.DAYS else len(counted)
