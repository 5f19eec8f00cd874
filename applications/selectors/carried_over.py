"""What was used before anything was counted here, as the centre and the mother read it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from applications.models import Application, CarriedOver, Entitlement, LedgerEntry
from applications.selectors.standing import Standing, standing_of
from eligibility import engine
from eligibility.engine.wording import pool_units
from eligibility.public import programme_of, programme_on


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the centre; `words` are its numbers."""

    row: CarriedOver
    words: str
    undone: CarriedOver | None


@dataclass(frozen=True, slots=True)
class Countable:
    """What may still be counted as used before, and how much of each is left."""

    pools: tuple[tuple[engine.Pool, int], ...]
    reductions: tuple[tuple[engine.Reduction, int], ...]
    after: int | None
    """The latest entry."""


def countable(entitlement: Entitlement, *, on: dt.date) -> Countable:
    """What is left by the counters of a day: bookings hold units too."""
    standing = standing_of(entitlement)
    left = {pool.code: pool.left for pool in standing.pools}
    gone = entitlement.reductions_used
    return Countable(
        pools=tuple((pool, left[pool.code]) for pool in standing.terms.pools if left.get(pool.code)),
        reductions=tuple(
            (reduction, first.number - gone.get(reduction.code, 0))
            for reduction, first in counted_reductions(entitlement, on=on)
            if first.number > gone.get(reduction.code, 0)
        ),
        after=latest_entry(entitlement),
    )


def latest_entry(entitlement: Entitlement) -> int | None:
    """Its id, so that who types numbers knows of all that came before."""
    return CarriedOver.objects.filter(entitlement=entitlement).order_by("pk").values_list("pk", flat=True).last()


def entitlement_for(application: Application) -> Entitlement | None:
    """What is counted for the application's birth; None before anything was granted."""
    rows = Entitlement.objects.select_related("birth", "citizen", "municipality", "programme_version")
    return rows.filter(birth=application.birth).first()


def counted_reductions(entitlement: Entitlement, *, on: dt.date) -> list[tuple[engine.Reduction, engine.FirstUses]]:
    """The reductions for the first so many uses by the programme in force on a day."""
    reductions = programme_on(entitlement.municipality, on).terms.reductions
    return [(reduction, reduction.first) for reduction in reductions if reduction.first]


def entries_of(entitlement: Entitlement, *, on: dt.date) -> list[Entry]:
    """The centre's entries, the latest first, each with what took it back."""
    rows = CarriedOver.objects.filter(entitlement=entitlement).select_related("by").order_by("-at", "-pk")
    undone = {row.undoes_id: row for row in rows if row.undoes_id}
    return [
        Entry(row, _words(entitlement, row.units, row.reductions, on), undone.get(row.pk))
        for row in rows
        if row.undoes_id is None
    ]


def used_before_words(standing: Standing, *, on: dt.date) -> str:
    """`宿泊型・日帰り型 3日、減免(5回目まで) 3回`; "" where nothing was. Reads nothing as long as nothing is used."""
    entitlement = standing.entitlement
    units: dict[str, int] = {}
    if any(pool.used for pool in standing.pools):
        moved = LedgerEntry.objects.filter(pool__in=standing.pools, move=LedgerEntry.Move.OPENING)
        units = dict(moved.values("pool__code").annotate(all=Sum("units")).values_list("pool__code", "all"))
    return _words(entitlement, units, entitlement.reductions_used, on)


def _words(entitlement: Entitlement, units: Mapping[str, int], reductions: Mapping[str, int], on: dt.date) -> str:
    terms = programme_of(entitlement.programme_version).terms
    said = [f"{pool.label} {pool_units(units[pool.code], pool)}" for pool in terms.pools if units.get(pool.code)]
    said += [
        _("%(reduction)s %(number)s回") % {"reduction": reduction.label, "number": reductions[reduction.code]}
        for reduction, first in (counted_reductions(entitlement, on=on) if reductions else ())
        if reductions.get(reduction.code)
    ]
    return "、".join(said)
