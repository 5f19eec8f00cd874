"""Households as they were decided and granted, for a replay under another programme. No names, no addresses."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Q

from applications.models import Birth, Decision, Entitlement, Grant, HouseholdClass, Pool
from eligibility.public import PastDecision, PastHousehold
from postpartum_portal.shared import clock

from .births import dates_of
from .proofs import held_classes, recorded
from .records import facts_from_json

Row = TypeVar("Row")


def past_households() -> Iterator[tuple[int | None, PastHousehold]]:
    """Every birth of the tenant scope that was decided on or granted anything, with its entitlement's id.

    Six statements, however many there are; bookings are the facilities' to add.
    """
    decided, granted = Decision.objects.values("application__birth_id"), Entitlement.objects.values("birth_id")
    births = Birth.objects.filter(Q(pk__in=decided) | Q(pk__in=granted)).order_by("pk")
    reader = _Reader()
    for birth in births:
        yield reader.entitlements.get(birth.pk), reader.read(birth)


class _Reader:
    """All rows that belong to the births, by what they hang on."""

    def __init__(self) -> None:
        decisions = Decision.objects.select_related("application").defer("findings").order_by("decided_at", "pk")
        self.decisions = _by(decisions, lambda row: row.application.birth_id)
        self.entitlements: dict[int, int] = dict(Entitlement.objects.values_list("birth_id", "pk"))
        self.pools = _by(Pool.objects.order_by("pk"), lambda row: row.entitlement_id)
        self.grants = _by(Grant.objects.order_by("pk"), lambda row: row.entitlement_id)
        self.classes = _by(HouseholdClass.objects.all(), lambda row: row.household_id)

    def read(self, birth: Birth) -> PastHousehold:
        entitlement = self.entitlements.get(birth.pk, 0)
        classes, decisions = tuple(self.classes[birth.household_id]), self.decisions[birth.pk]
        latest = decisions[-1].application if decisions else None
        return PastHousehold(
            number=latest.number if latest else "",
            facts=replace(dates_of(birth), classes=held_classes(classes), proofs=recorded(classes)),
            decisions=tuple(PastDecision(facts_from_json(row.facts), row.decided_on) for row in decisions),
            services=frozenset(service for row in self.grants[entitlement] for service in row.services),
            limits={row.code: row.limit for row in self.pools[entitlement]},
            applied_on=clock.day_of(latest.submitted_at) if latest and latest.submitted_at else None,
        )


def _by(rows: Iterable[Row], key: Callable[[Row], Any]) -> defaultdict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
