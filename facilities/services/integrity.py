"""Do counters and rows tell the same story? Pools against ledger, ledger against bookings, days against bookings; and
what was written down of months, letters, files and mails against what there is. Rows come a thousand at a time."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from applications.public import (
    letters_nobody_makes,
    repair_pool,
    units_in_ledgers,
    wrong_numbers,
    wrong_pools,
    wrong_reductions,
)
from eligibility import engine
from facilities.models import BlockedDay, Booking, DayCapacity, Hold, MonthReport, PaymentList, Waiting
from facilities.selectors.moves import open_moves_holding, units_of_moves
from postpartum_portal.shared.recounting_files import WrongFile, mails_without_effect, repair_file, wrong_files

AT_ONCE = 1000
HOLDERS: tuple[type[Booking | Hold | Waiting], ...] = (Booking, Hold, Waiting)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """What stands, and what should. `what` is pool, reductions, booking, day, month, payments, numbers, letter, mail or
    file; ids and codes only."""

    what: str
    row_id: int
    label: str
    found: object
    expected: object
    file: WrongFile | None = None

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


def check_all(*, now: dt.datetime, repair: bool = False) -> Iterator[Discrepancy]:
    """As `check`, and all that was written down besides, of all tenants; it reads every stored file.

    Repaired are counters, hashes that were never noted, and files that no row names. Numbers, letters, sums and what is
    in a file are told only.
    """
    yield from check(repair=repair)
    yield from _sums()
    for wrong in wrong_numbers():
        yield Discrepancy("numbers", wrong.series_id, wrong.label, wrong.found, wrong.expected)
    for pk, label, status in letters_nobody_makes():
        yield Discrepancy("letter", pk, label, status, "a job that makes it")
    for pk, kind, told in mails_without_effect(now=now):
        yield Discrepancy("mail", pk, kind, told, "one of both")
    for found in wrong_files(now=now):
        yield _of_file(found)
        if repair:
            repair_file(found)


def _of_file(found: WrongFile) -> Discrepancy:
    owner, _, pk = found.file.owner.partition(" ")
    return Discrepancy("file", int(pk or 0), owner or "no row", f"{found.file.name} {found.wrong}", "as noted", found)


def _sums() -> Iterator[Discrepancy]:
    """A closed month is the sum of its lines, a list of payments that of its entries."""
    closed = MonthReport.objects.filter(status__in=MonthReport.CLOSED).annotate(lines_say=Sum("lines__public_share"))
    for pk, number, says, lines in _rows(closed, "pk", "number", "public_share", "lines_say"):
        if (says or 0) != (lines or 0):
            yield Discrepancy("month", pk, str(number), says, lines)
    for pk, number, says, lines in _rows(
        PaymentList.objects.annotate(entries_say=Sum("entries__amount")), "pk", "number", "total", "entries_say"
    ):
        if (says or 0) != (lines or 0):
            yield Discrepancy("payments", pk, str(number), says, lines)


def _rows(found: QuerySet[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    return found.order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)


def _pools() -> Iterator[Discrepancy]:
    for pool in wrong_pools():
        yield Discrepancy("pool", pool.pool_id, pool.code, pool.counter, pool.ledger)


def _reductions() -> Iterator[Discrepancy]:
    for entitlement, expected in wrong_reductions():
        yield Discrepancy("reductions", entitlement.pk, "", entitlement.reductions_used, expected)


def _bookings() -> Iterator[Discrepancy]:
    moved = units_of_moves()
    rows = Booking.objects.order_by("pk").iterator(chunk_size=AT_ONCE)
    while together := list(islice(rows, AT_ONCE)):
        ledgers = units_in_ledgers([booking.number for booking in together])
        for booking in together:
            held = dict(Counter(_held(booking)) + moved.get(booking.pk, Counter()))
            ledger = ledgers.get(booking.number, {})
            if held != ledger:
                yield Discrepancy("booking", booking.pk, booking.number, ledger, held)


def _held(booking: Booking) -> dict[str, int]:
    """The units a booking still holds."""
    if booking.status in Booking.LIVE or booking.status == Booking.Status.ATTENDED:
        return {code: units for code, units in booking.units.items() if units}
    return {code: units for code, units in booking.consequence.get("counted", {}).items() if units}


def _days() -> Iterator[Discrepancy]:
    """One facility after the other: what it has taken is all that is in memory."""
    facilities = DayCapacity.objects.order_by("facility_id").values_list("facility_id", flat=True).distinct()
    for facility_id in list(facilities):
        taken = _places_taken(facility_id)
        for day in DayCapacity.objects.filter(facility_id=facility_id).order_by("pk").iterator(chunk_size=AT_ONCE):
            expected = taken[day.place, day.day]
            if day.used != expected:
                yield Discrepancy("day", day.pk, f"{day.place} {day.day}", day.used, expected)


def _places_taken(facility_id: int) -> Counter[tuple[str, object]]:
    taken: Counter[tuple[str, object]] = Counter()
    for move in open_moves_holding().filter(facility_id=facility_id).order_by("pk").iterator(chunk_size=AT_ONCE):
        taken.update((move.place, day) for day in move.added_days)
    for blocked in _blocked().filter(facility_id=facility_id).order_by("pk").iterator(chunk_size=AT_ONCE):
        taken[blocked.place, blocked.day] += blocked.places
    for model in HOLDERS:
        rows = _holding(model).filter(facility_id=facility_id).exclude(place="").order_by("pk")
        for first, last, place in rows.values_list("first_day", "last_day", "place").iterator(chunk_size=AT_ONCE):
            taken.update((place, day) for day in engine.each_day(first, last))
    return taken


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
