"""How long a use may be: what fits into the units that are left, and the first length that does not."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.public import Standing, dates_of
from eligibility import engine
from eligibility.engine.limits import shortest_days
from eligibility.engine.wording import pool_units

ANY_DAY = dt.date(2000, 1, 1)
LONGEST = 31


@dataclass(frozen=True, slots=True)
class Length:
    """`text`: 2泊3日. `refusal` says why it cannot be had: のこり3日を超えます."""

    days: int
    text: str
    refusal: str = ""


def lengths(service: engine.Service, standing: Standing) -> tuple[Length, ...]:
    """All lengths that fit, and the first that does not, with its reason. A day or a visit is booked one by one."""
    found = []
    for days in _candidates(service):
        use = _use(service, days)
        refusal = _refusal(use, standing)
        found.append(Length(days, engine.length_text(use, service), refusal))
        if refusal:
            break
    return tuple(found)


def longest(service: engine.Service, standing: Standing) -> str:
    """The most that may still be used of a service: 2泊3日, 3日, 1回; "" when nothing is left."""
    fitting = [days for days in _all_lengths(service) if not _refusal(_use(service, days), standing)]
    return engine.length_text(_use(service, fitting[-1]), service) if fitting else ""


def _candidates(service: engine.Service) -> Iterator[int]:
    return iter(_all_lengths(service) if service.kind is engine.ServiceKind.STAY else (shortest_days(service),))


def _all_lengths(service: engine.Service) -> range:
    """Days of which both ends count, from the shortest to the longest single use."""
    longest = service.length.longest if service.length else None
    return range(shortest_days(service), (longest or LONGEST) + 1)


def _use(service: engine.Service, days: int) -> engine.Use:
    return engine.Use(service.code, ANY_DAY, ANY_DAY + dt.timedelta(days=days - 1))


def _refusal(use: engine.Use, standing: Standing) -> str:
    """By the pool that has least left."""
    children = dates_of(standing.birth).counted_children
    wanted, balances = engine.units_of(use, standing.terms, children=children), standing.balances
    short = [code for code, number in wanted.items() if not engine.fits({code: number}, balances)]
    if not short or engine.goes_beyond(use, balances, standing.terms, children=children):
        return ""
    tightest = min(short, key=lambda code: balances[code].left if code in balances else 0)
    left = balances[tightest].left if tightest in balances else 0
    return (
        _("のこり%(pool_units)sを超えます") % {"pool_units": pool_units(left, standing.terms.pool(tightest))}
        if left
        else _("のこりはありません")
    )
