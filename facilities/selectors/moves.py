"""Changes of dates that wait for an answer, and what a family and a facility hold for them meanwhile."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import F, FilteredRelation, Q, QuerySet

from applications.public import Entitlement
from eligibility import engine
from facilities.models import Booking, Facility, Move
from postpartum_portal.shared.tenancy import tenant


def open_move(booking: Booking) -> Move | None:
    """The one without an answer; there is one at most."""
    return Move.objects.filter(booking=booking, status=Move.Status.ASKED).first()


def open_moves(bookings: Iterable[Booking]) -> dict[int, Move]:
    """Booking id → its move without an answer."""
    ids = [booking.pk for booking in bookings]
    rows = Move.objects.filter(booking__in=ids, status=Move.Status.ASKED).order_by("pk") if ids else ()
    return {move.booking_id: move for move in rows}


def lost_a_move(booking: Booking) -> bool:
    """Whether a move without an answer ended when what came of the booking was recorded.

    Taking that record back does not bring it back: whoever is at the desk hears so and tells her.
    """
    ended = Move.objects.filter(booking=booking, status=Move.Status.WITHDRAWN, closed_at=booking.closed_at)
    return booking.closed_at is not None and ended.exists()


def moves_asked_at(facility: Facility) -> QuerySet[Move]:
    """Those without an answer that would take place at a facility."""
    return Move.objects.filter(facility=facility, status=Move.Status.ASKED).order_by("asked_at", "pk")


def asked_uses(entitlement: Entitlement) -> tuple[engine.Use, ...]:
    """The days that a family has asked to move to, at whatever facility: nothing else of hers can be booked on them."""
    with tenant(municipality=entitlement.municipality_id):
        rows = Move.objects.filter(booking__entitlement=entitlement, status=Move.Status.ASKED).order_by("pk")
        days = list(rows.values_list("booking__service", "first_day", "last_day"))
    return tuple(engine.Use(service, first_day, last_day) for service, first_day, last_day in days)


def family_uses(entitlement: Entitlement) -> tuple[Sequence[Booking], tuple[engine.Use, ...]]:
    """The bookings of a family in scope, and what `asked_uses` says of them: one statement."""
    rows = Booking.objects.filter(entitlement=entitlement).annotate(
        asked=FilteredRelation("moves", condition=Q(moves__status=Move.Status.ASKED)),
        asked_first_day=F("asked__first_day"),
        asked_last_day=F("asked__last_day"),
    )
    uses = (engine.Use(row.service, row.asked_first_day, row.asked_last_day) for row in rows if row.asked_first_day)
    return list(rows), tuple(uses)


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
