"""Do counters and rows tell the same story? Pools against ledger, ledger against bookings, days against bookings."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from applications.public import repair_pool, units_in_ledger, wrong_pools, wrong_reductions
from eligibility import engine
from facilities.models import BlockedDay, Booking, DayCapacity, Hold, Waiting
from facilities.selectors.moves import open_moves_holding, units_of_moves

HOLDERS: tuple[type[Booking | Hold | Waiting], ...] = (Booking, Hold, Waiting)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What stands, and what should. `what` is pool, reductions, booking or day; ids and codes only."""

    what: str
    row_id: int
    label: str
    found: object
    expected: object

    def __str__(self) -> str:
        return f"{self.what} {self.row_id} ({self.label}): {self.found}, recounted {self.expected}"


def check(*, repair: bool = False) -> list[Discrepancy]:
    """Recount all that is in scope. Counters of pools and days are repaired if asked; what a booking or
    a price rests on never is."""
    found = [*_pools(), *_reductions(), *_bookings(), *_days()]
    if repair:
        for discrepancy in found:
            _repair(discrepancy)
    return found


def _pools() -> Iterator[Discrepancy]:
    for pool in wrong_pools():
        yield Discrepancy("pool", pool.pool_id, pool.code, pool.counter, pool.ledger)


def _reductions() -> Iterator[Discrepancy]:
    for entitlement, expected in wrong_reductions():
        yield Discrepancy("reductions", entitlement.pk, "", entitlement.reductions_used, expected)


def _bookings() -> Iterator[Discrepancy]:
    moved = units_of_moves()
    for booking in Booking.objects.order_by("pk").iterator(chunk_size=1000):
        held, ledger = dict(Counter(_held(booking)) + moved.get(booking.pk, Counter())), units_in_ledger(booking.number)
        if held != ledger:
            yield Discrepancy("booking", booking.pk, booking.number, ledger, held)


def _held(booking: Booking) -> dict[str, int]:
    """The units a booking still holds."""
    if booking.status in Booking.LIVE or booking.status == Booking.Status.ATTENDED:
        return {code: units for code, units in booking.units.items() if units}
    return {code: units for code, units in booking.consequence.get("counted", {}).items() if units}


def _days() -> Iterator[Discrepancy]:
    taken = _places_taken()
    for day in DayCapacity.objects.order_by("pk").iterator(chunk_size=1000):
        expected = taken[day.facility_id, day.place, day.day]
        if day.used != expected:
            yield Discrepancy("day", day.pk, f"{day.place} {day.day}", day.used, expected)


def _places_taken() -> Counter[tuple[int, str, object]]:
    for_moves = Counter(
        (move.facility_id, move.place, day)
        for move in open_moves_holding().order_by("pk").iterator(chunk_size=1000)
        for day in move.added_days
    )
    out_of_use: Counter[tuple[int, str, object]] = Counter()
    for blocked in _blocked().order_by("pk").iterator(chunk_size=1000):
        out_of_use[blocked.facility_id, blocked.place, blocked.day] += blocked.places
    return (
        for_moves
        + out_of_use
        + Counter(
            (row.facility_id, row.place, day)
            for rows in (_holding(model).exclude(place="") for model in HOLDERS)
            for row in rows.order_by("pk").iterator(chunk_size=1000)
            for day in engine.each_day(row.first_day, row.last_day)
        )
    )


def _holding(model: type[Booking | Hold | Waiting]) -> QuerySet[Any]:
    """What holds its places: bookings, days kept for a caller, and offers to those who wait."""
    return model.objects.filter(status__in=model.HOLDS_PLACES)


def _blocked() -> QuerySet[BlockedDay]:
    """Places that facilities have taken out of use."""
    return BlockedDay.objects.filter(released_at__isnull=True)


def _repair(discrepancy: Discrepancy) -> None:
    if discrepancy.what == "pool":
        repair_pool(discrepancy.row_id)
    if discrepancy.what == "day":
        _repair_day(discrepancy.row_id)


def _repair_day(row_id: int) -> None:
    """Recount one day under its lock; more bookings than places lift the limit, since nobody is thrown out here."""
    with transaction.atomic():
        day = DayCapacity.objects.select_for_update().get(pk=row_id)
        there = Q(facility_id=day.facility_id, place=day.place, first_day__lte=day.day, last_day__gte=day.day)
        for_moves = sum(day.day in move.added_days for move in open_moves_holding().filter(there))
        same = _blocked().filter(facility_id=day.facility_id, place=day.place, day=day.day)
        blocked = same.aggregate(taken=Sum("places", default=0))["taken"]
        day.used = for_moves + blocked + sum(_holding(model).filter(there).count() for model in HOLDERS)
        day.limit = max(day.limit, day.used)
        day.save(update_fields=["used", "limit"])
