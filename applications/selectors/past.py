"""Households as they were decided and granted, for a replay under another programme. No names, no addresses."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from django.db.models import Q

from applications.models import Birth, Decision, Entitlement, Grant, HouseholdClass, Pool
from eligibility.public import PastDecision, PastHousehold
from postpartum_portal.shared import clock

from .births import dates_of
from .proofs import held_classes, recorded
from .records import facts_from_json

Row = TypeVar("Row")


class PastBirth(NamedTuple):
    """A household with the keys that its bookings hang on."""

    birth_id: int
    entitlement_id: int | None
    household: PastHousehold


def past_households(*, after: int, most: int) -> list[PastBirth]:
    """The next births of the tenant scope, by key, that were decided on or granted anything.

    Six statements, however many there are; bookings are the facilities' to add.
    """
    decided, granted = Decision.objects.values("application__birth_id"), Entitlement.objects.values("birth_id")
    known = Birth.objects.filter(Q(pk__in=decided) | Q(pk__in=granted), pk__gt=after)
    births = list(known.order_by("pk")[:most])
    reader = _Reader(births)
    return [PastBirth(birth.pk, reader.entitlements.get(birth.pk), reader.read(birth)) for birth in births]


class _Reader:
    """All rows that belong to the births, by what they hang on."""

    def __init__(self, births: Sequence[Birth]) -> None:
        decisions = Decision.objects.filter(application__birth__in=births).select_related("application")
        self.decisions = _by(
            decisions.defer("findings").order_by("decided_at", "pk"), lambda row: row.application.birth_id
        )
        entitlements = Entitlement.objects.filter(birth__in=births)
        self.entitlements: dict[int, int] = dict(entitlements.values_list("birth_id", "pk"))
        granted = self.entitlements.values()
        self.pools = _by(Pool.objects.filter(entitlement__in=granted).order_by("pk"), lambda row: row.entitlement_id)
        self.grants = _by(Grant.objects.filter(entitlement__in=granted).order_by("pk"), lambda row: row.entitlement_id)
        households = {birth.household_id for birth in births}
        self.classes = _by(HouseholdClass.objects.filter(household__in=households), lambda row: row.household_id)

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
