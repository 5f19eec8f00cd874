"""Changes of dates that wait for an answer, and what a family and a facility hold for them meanwhile."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from applications.public import Entitlement
from eligibility import engine
from facilities.models import Booking, Facility, Move


def open_move(booking: Booking) -> Move | None:
    """The one without an answer; there is one at most."""
    return Move.objects.filter(booking=booking, status=Move.Status.ASKED).first()


def open_moves(bookings: Iterable[Booking]) -> dict[int, Move]:
    """Booking id → its move without an answer."""
    ids = [booking.pk for booking in bookings]
    rows = Move.objects.filter(booking__in=ids, status=Move.Status.ASKED).order_by("pk") if ids else ()
    return {move.booking_id: move for move in rows}


def moves_asked_at(facility: Facility) -> QuerySet[Move]:
    """Those without an answer that would take place at a facility."""
    return Move.objects.filter(facility=facility, status=Move.Status.ASKED).order_by("asked_at", "pk")


def asked_uses(entitlement: Entitlement) -> tuple[engine.Use, ...]:
    """The days that a family has asked to move to: nothing else of hers can be booked on them."""
    rows = Move.objects.filter(booking__entitlement=entitlement, status=Move.Status.ASKED).select_related("booking")
    return tuple(engine.Use(move.booking.service, move.first_day, move.last_day) for move in rows.order_by("pk"))


def units_asked(entitlement: Entitlement) -> Counter[str]:
    """Pool code → units taken for moves without an answer, beside those of the bookings themselves."""
    rows = Move.objects.filter(booking__entitlement=entitlement, status=Move.Status.ASKED)
    return sum((Counter(taken) for taken in rows.values_list("taken", flat=True)), Counter())


def units_of_moves() -> dict[int, Counter[str]]:
    """Booking id → units that its moves hold beside its own: taken for days asked for, and counted of days given up."""
    found: dict[int, Counter[str]] = {}
    rows = Move.objects.filter(status__in=[Move.Status.ASKED, Move.Status.ACCEPTED])
    for move in rows.order_by("pk").iterator(chunk_size=1000):
        held = move.taken if move.status == Move.Status.ASKED else move.consequence["counted"]
        found.setdefault(move.booking_id, Counter()).update(held)
    return found


def open_moves_holding() -> QuerySet[Move]:
    """Moves without an answer that hold places on the days they add."""
    return Move.objects.filter(status=Move.Status.ASKED).exclude(place="")
