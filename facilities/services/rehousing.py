"""Guests whose services come to use other places: held while they are moved, and counted day by day."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Q, QuerySet

from eligibility import engine
from facilities.models import Booking, DayCapacity, Facility, Hold, Move, Waiting
from facilities.selectors.moves import moves_asked_at

from .counting import hold_families

Services: TypeAlias = Collection[tuple[int, str]]
"""Municipality id and code of each."""


@dataclass(frozen=True, slots=True)
class Tenants:
    """All that holds, or waits for, a place of a kind and is not over."""

    bookings: tuple[Booking, ...]
    moves: tuple[Move, ...]
    holds: tuple[Hold, ...]
    waiting: tuple[Waiting, ...]

    @property
    def names(self) -> frozenset[tuple[str, int]]:
        rows: tuple[Any, ...] = (*self.bookings, *self.moves, *self.holds, *self.waiting)
        return frozenset((row._meta.label, row.pk) for row in rows)

    @property
    def taken(self) -> Counter[dt.date]:
        """Day → places that they hold on it."""
        offered = (row for row in self.waiting if row.status in Waiting.HOLDS_PLACES)
        rows: tuple[Any, ...] = (*self.bookings, *self.holds, *offered)
        held = Counter(day for row in rows for day in engine.each_day(row.first_day, row.last_day))
        return held + Counter(day for move in self.moves for day in move.added_days)

    def move_to(self, place: str) -> None:
        for model, rows in (
            (Booking, self.bookings),
            (Move, self.moves),
            (Hold, self.holds),
            (Waiting, self.waiting),
        ):
            _of(model, rows).update(place=place)


class Overrun(Exception):
    """Somebody took a place, or gave one back, while it was looked who holds any."""


def locked_tenants(
    facility: Facility, kind: str, services: Services | None, *, today: dt.date, days_of: Iterable[str]
) -> Tenants:
    """Who holds places of a kind (`services`: those of some only), unchanged until the transaction ends.

    Locks as of whoever enters a code, books and cancels: holds with a code, families, bookings, moves, the other
    holds, the line, then the days of the kinds `days_of`. The facility is held already.

    Raises:
        Overrun: the caller rolls back and begins anew.
    """
    seen = _tenants(facility, kind, services, today)
    _lock(_of(Hold, seen.holds).filter(suggested_for__isnull=True))
    hold_families(_families(seen))
    for model, rows in ((Booking, seen.bookings), (Move, seen.moves), (Hold, seen.holds), (Waiting, seen.waiting)):
        _lock(_of(model, rows))
    first = min((today, *seen.taken))
    for place in sorted(days_of):
        days = DayCapacity.objects.filter(facility=facility, place=place, day__gte=first)
        list(days.order_by("day").select_for_update().values_list("pk"))
    stand = _tenants(facility, kind, services, today)
    if stand.names != seen.names or min((today, *stand.taken)) < first:
        raise Overrun
    return stand


def _tenants(facility: Facility, kind: str, services: Services | None, today: dt.date) -> Tenants:
    """A stay under way moves with all its days; so does one whose other days wait for an answer."""
    there = Q(facility=facility, place=kind)
    asked = moves_asked_at(facility).filter(place=kind)
    going = Q(last_day__gte=today) | Q(pk__in=asked.values("booking"))
    return Tenants(
        bookings=tuple(
            Booking.objects.filter(there, going, _given_by(services), status__in=Booking.HOLDS_PLACES).order_by("pk")
        ),
        moves=tuple(asked.filter(_given_by(services, "booking__")).select_related("booking").order_by("pk")),
        holds=tuple(Hold.objects.filter(there, _given_by(services), status__in=Hold.HOLDS_PLACES).order_by("pk")),
        waiting=tuple(Waiting.objects.filter(there, _given_by(services), status__in=Waiting.LIVE).order_by("pk")),
    )


def _given_by(services: Services | None, on: str = "") -> Q:
    if services is None:
        return Q()
    found = Q(pk__in=())
    for municipality, service in services:
        found |= Q(**{f"{on}municipality": municipality, f"{on}service": service})
    return found


def _families(tenants: Tenants) -> set[int]:
    named = {row.suggested_for_id for row in tenants.holds if row.suggested_for_id}
    named |= {row.booking_id for row in tenants.moves}
    of_others = Booking.objects.filter(pk__in=named).order_by("pk").values_list("entitlement_id", flat=True)
    return {
        *of_others,
        *(row.entitlement_id for row in tenants.bookings),
        *(row.entitlement_id for row in tenants.waiting),
    }


def _of(model: Any, rows: Iterable[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = model.objects.filter(pk__in=[row.pk for row in rows])
    return found


def _lock(rows: QuerySet[Any]) -> None:
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
