"""What a family has not used yet and soon cannot use any more."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.public import Standing
from eligibility import engine


@dataclass(frozen=True, slots=True)
class Unused:
    """What ends on one day: 日帰り型を使える最後の日; of a stay that is judged by its first day 始められる最後の日."""

    last: dt.date
    lines: tuple[str, ...]


def unused_until(standing: Standing, *, by: dt.date, on: dt.date) -> tuple[Unused, ...]:
    """Of the services with something left, those whose last day of use lies between `on` and `by`."""
    facts = standing.facts(on)
    found: dict[dt.date, dict[str, list[str]]] = {}
    for service in _with_something_left(standing):
        last = engine.use_period(service.code, facts, standing.terms).last
        if last is not None and on <= last <= by:
            found.setdefault(last, {}).setdefault(service.last_day_called, []).append(service.short_label)
    return tuple(
        Unused(
            last,
            tuple(
                _("%(names)sを%(called)s") % {"names": "・".join(labels), "called": called}
                for called, labels in ends.items()
            ),
        )
        for last, ends in sorted(found.items())
    )


def _with_something_left(standing: Standing) -> Iterable[engine.Service]:
    balances = standing.balances
    for service in standing.terms.services:
        pools = [balances[pool.code] for pool in standing.terms.pools_of(service.code) if pool.code in balances]
        if service.code in standing.usable and pools and all(balance.left for balance in pools):
            yield service
