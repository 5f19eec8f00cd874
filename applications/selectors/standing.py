"""What a family may use right now: counters, granted services and the household's class, in a handful of queries.

Booking needs no health data, so none is read here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db.models import Q

from applications.models import Birth, Entitlement, Grant, HouseholdClass, Pool
from eligibility import engine
from eligibility.engine.families import open_to
from eligibility.public import Municipality, programme_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock

from .births import dates_of
from .proofs import held_classes, recorded

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Standing:
    """One entitlement as the rules want to see it; its terms are those of its decision."""

    entitlement: Entitlement
    pools: tuple[Pool, ...]
    grants: tuple[Grant, ...]
    """Those that give something today or on a day to come."""
    classes: tuple[HouseholdClass, ...]
    terms: engine.Terms

    @property
    def birth(self) -> Birth:
        return self.entitlement.birth

    @property
    def services(self) -> frozenset[str]:
        return frozenset(service for given in self.grants for service in given.services)

    @property
    def ending(self) -> bool:
        """Whether all that is granted ends on a day that is settled: it was revoked."""
        return all(given.ends_on for given in self.grants)

    @property
    def balances(self) -> dict[str, engine.Balance]:
        return {pool.code: engine.Balance(pool.limit, pool.used) for pool in self.pools}

    @property
    def usable(self) -> frozenset[str]:
        """The granted services that the programme keeps for such a family: after a loss not all of them may be left."""
        family = dates_of(self.birth).family
        closed = {
            service.code for service in self.terms.services if open_to(service.families, family) is engine.Verdict.UNMET
        }
        return self.services - closed

    def facts(self, day: dt.date) -> engine.Facts:
        """The facts a booking rests on: dates, children, family, the household's classes by their days, with proofs.

        What she told about herself was judged by the decision and is not read again.
        """
        held = self.class_on(day)
        return replace(
            dates_of(self.birth),
            household_class=held.code if held else "",
            classes=held_classes(self.classes),
            proofs=recorded(self.classes),
            reductions_used=self.entitlement.reductions_used,
        )

    def grant(self, day: dt.date) -> engine.Grant:
        """What is granted on a day of use; which class sets the price follows from the facts."""
        held = (service for given in self.grants if given.holds_on(day) for service in given.services)
        return engine.Grant(limits={pool.code: pool.limit for pool in self.pools}, services=frozenset(held))

    def class_on(self, day: dt.date) -> HouseholdClass | None:
        """The class in force on a day; of several the one that began last."""
        held = [row for row in self.classes if row.holds_on(day)]
        return held[-1] if held else None


def standing_of(entitlement: Entitlement) -> Standing:
    """Read the counters and grants of an entitlement. Three queries when it came from `entitlement_of`."""
    return standings_of([entitlement])[entitlement.pk]


def standings_of(entitlements: Sequence[Entitlement]) -> dict[int, Standing]:
    """Entitlement id → its standing; as many queries for all as for one, if births and versions came with them."""
    births = [entitlement.birth for entitlement in entitlements]
    ahead = Q(ends_on=None) | Q(ends_on__gt=clock.today())
    grants = _by("entitlement_id", Grant.objects.filter(ahead, entitlement__in=entitlements).order_by("pk"))
    pools = _by("entitlement_id", Pool.objects.filter(entitlement__in=entitlements))
    classes = _by("household_id", HouseholdClass.objects.filter(household__in={birth.household_id for birth in births}))
    return {
        entitlement.pk: Standing(
            entitlement=entitlement,
            pools=tuple(pools[entitlement.pk]),
            grants=tuple(grants[entitlement.pk]),
            classes=tuple(classes[entitlement.birth.household_id]),
            terms=programme_of(entitlement.programme_version).terms.said_to(dates_of(entitlement.birth).family),
        )
        for entitlement in entitlements
    }


def entitlement_of(citizen: User, municipality: Municipality) -> Entitlement | None:
    """The entitlement of a mother's latest birth in a municipality, with the rows every page needs beside it."""
    return (
        Entitlement.objects.filter(citizen=citizen, municipality=municipality)
        .select_related("birth", "citizen", "municipality", "programme_version")
        .order_by("-pk")
        .first()
    )


def latest_birth(citizen: User, municipality: Municipality) -> Birth | None:
    """The birth she applied for last, granted or not yet."""
    own = Birth.objects.filter(citizen=citizen, municipality=municipality).select_related("household")
    return own.order_by("pk").last()


def _by(field: str, rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Rows by the id that one of their columns holds."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, field)].append(row)
    return found
