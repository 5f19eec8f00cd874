"""Recounting the pools from their ledger: the counters decide, so they had better be right."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from applications.models import CarriedOver, Entitlement, LedgerEntry, Pool


@dataclass(frozen=True, slots=True)
class WrongPool:
    """A counter that does not stand where its ledger says. Ids and codes only: it ends up in logs."""

    pool_id: int
    code: str
    counter: int
    ledger: int


def wrong_pools() -> Iterator[WrongPool]:
    """All pools in scope whose counter and ledger differ."""
    for pool in Pool.objects.annotate(moved=Sum("ledger__units")).order_by("pk").iterator(chunk_size=1000):
        ledger = pool.moved or 0
        if pool.used != ledger:
            yield WrongPool(pool.pk, pool.code, pool.used, ledger)


def wrong_reductions() -> Iterator[tuple[Entitlement, dict[str, int]]]:
    """All entitlements in scope whose uses of reductions before are not the sum of the entries, with that sum."""
    told: dict[int, Counter[str]] = {}
    for row in CarriedOver.objects.order_by("pk").iterator(chunk_size=1000):
        told.setdefault(row.entitlement_id, Counter()).update(row.reductions)
    counted = Entitlement.objects.exclude(reductions_used={}) | Entitlement.objects.filter(pk__in=told)
    for entitlement in counted.order_by("pk").iterator(chunk_size=1000):
        expected = {code: number for code, number in told.get(entitlement.pk, Counter()).items() if number}
        if entitlement.reductions_used != expected:
            yield entitlement, expected


def repair_pool(pool_id: int) -> None:
    """Set the counter to what the ledger says now; beyond the limit it lifts the limit."""
    with transaction.atomic():
        pool = Pool.objects.select_for_update().get(pk=pool_id)
        pool.used = max(0, LedgerEntry.objects.filter(pool=pool).aggregate(moved=Sum("units"))["moved"] or 0)
        pool.limit = max(pool.limit, pool.used)
        pool.save(update_fields=["used", "limit"])


def units_in_ledgers(booking_numbers: Collection[str]) -> dict[str, dict[str, int]]:
    """Booking number → pool code → units that the ledger says it holds; a booking that holds none is left out."""
    rows = LedgerEntry.objects.filter(booking_number__in=booking_numbers)
    moves = rows.values("booking_number", "pool__code").annotate(moved=Sum("units"))
    found: dict[str, dict[str, int]] = {}
    for move in moves.order_by("booking_number", "pool__code"):
        if move["moved"]:
            found.setdefault(move["booking_number"], {})[move["pool__code"]] = move["moved"]
    return found
