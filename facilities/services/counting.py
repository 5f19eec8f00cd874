"""Bookings taken before their facility kept places here take theirs once it does."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Greatest

from applications.public import Entitlement
from eligibility import engine
from facilities.models import Booking, DayCapacity, Facility, Move
from facilities.selectors.moves import open_move
from facilities.selectors.places import offered_places


def count_in(facility: Facility, *, today: dt.date) -> None:
    """Give every booking that is not over its place on each of its days. Part of the caller's transaction.

    A day without enough places gets them: the guest is coming anyway, and nobody else can be booked on top. Locks are
    taken as by whoever books and cancels: families (`hold_family`), their bookings, then days.
    """
    place_of = offered_places(facility)
    uncounted = Booking.objects.filter(
        facility=facility, place="", status__in=Booking.HOLDS_PLACES, last_day__gte=today
    )
    rows = list(uncounted.order_by("first_day", "pk"))
    hold_families({row.entitlement_id for row in rows})
    taken: Counter[tuple[str, dt.date]] = Counter()
    for row in rows:
        place = place_of.get((row.municipality_id, row.service))
        # Conditional: it may have been cancelled, or counted by a colleague, since it was read.
        still = Booking.objects.filter(pk=row.pk, place="", status__in=Booking.HOLDS_PLACES)
        if place and still.update(place=place):
            row.refresh_from_db(fields=["first_day", "last_day"])  # moved since it was read
            taken.update((place, day) for day in engine.each_day(row.first_day, row.last_day))
            taken.update((place, day) for day in _asked_for(row, place))
    for place in sorted({place for place, _ in taken}):
        _take(facility, place, {day: number for (kind, day), number in sorted(taken.items()) if kind == place})


def hold_families(entitlements: Iterable[int]) -> None:
    """Whoever moves one of a family's bookings may then write the prices of all."""
    list(Entitlement.objects.filter(pk__in=entitlements).order_by("pk").select_for_update(no_key=True))


def _asked_for(booking: Booking, place: str) -> tuple[dt.date, ...]:
    """The days that it has asked to move to and does not hold yet; they get their places with it."""
    move = open_move(booking)
    waits = move and Move.objects.filter(pk=move.pk, status=Move.Status.ASKED, place="").update(place=place)
    return move.added_days if move and waits else ()


def _take(facility: Facility, place: str, wanted: dict[dt.date, int]) -> None:
    DayCapacity.objects.bulk_create(
        [DayCapacity(facility=facility, place=place, day=day, limit=0) for day in wanted], ignore_conflicts=True
    )
    rows = DayCapacity.objects.filter(facility=facility, place=place, day__in=wanted)
    for row in rows.order_by("day").select_for_update():
        taken = F("used") + wanted[row.day]
        DayCapacity.objects.filter(pk=row.pk).update(used=taken, limit=Greatest(F("limit"), taken))
