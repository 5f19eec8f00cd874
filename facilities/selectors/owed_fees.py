"""What cancellations and no-shows owe a facility: what is still to be paid, what was received, and what is waived."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, Sum

from eligibility import engine
from facilities.models import Booking, Facility, FeeWaiver, Move, Payment

from .guests import GuestCard, as_told, with_rows
from .receipts import fee_among
from .stored import StoredPrice

FEE = Payment.Kind.CANCEL_FEE
GIVEN_UP = frozenset(Booking.Status) - Booking.LIVE - {Booking.Status.ATTENDED}
MOVED_AT_A_COST = Q(status=Move.Status.ACCEPTED) & ~Q(consequence__total=0)


@dataclass(frozen=True, slots=True)
class OwedFee:
    """The money of one booking that was given up, or of days given up late when it was moved.

    `price`: what that cost when it was recorded, line by line; `paid`: whole yen.
    `left`: still to be paid. Where the amount is not published, nobody here knows it, and anything received settles it.
    """

    price: StoredPrice
    paid: int
    waiver: FeeWaiver | None

    @property
    def due(self) -> engine.Amount:
        return self.price.total

    @property
    def left(self) -> engine.Amount:
        if self.waiver:
            return engine.Yen(0)
        if isinstance(self.due, engine.Unpublished):
            return engine.Yen(0) if self.paid else self.due
        return engine.Yen(max(0, self.due - self.paid))

    @property
    def open(self) -> bool:
        return self.left != 0

    @property
    def settled(self) -> bool:
        """Whether all of it was received."""
        return not self.open and not self.waiver


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One line of the facility's list."""

    card: GuestCard
    at: dt.datetime
    fee: OwedFee


def owing(facility: Facility) -> list[Booking]:
    """Its bookings that cost a fee, be it an amount that nobody has published; the latest use first."""
    gave_up = Q(status__in=GIVEN_UP) & Q(consequence__has_key="total") & ~Q(consequence__total=0)
    moved = Exists(Move.objects.filter(MOVED_AT_A_COST, booking=OuterRef("pk")))
    rows = with_rows(Booking.objects.filter(gave_up | moved, facility=facility).order_by("-first_day", "-pk"))
    fees = _fees(rows)
    return [row for row in rows if row.pk in fees]


def owed_fee(booking: Booking) -> OwedFee | None:
    """None where nothing is owed, or was."""
    return _fees([booking]).get(booking.pk)


def count_open(facility: Facility) -> int:
    return sum(fee.open for fee in _fees(owing(facility)).values())


def owed_rows(bookings: Iterable[Booking], cards: Iterable[GuestCard]) -> list[OwedRow]:
    """`cards` are those of `bookings`, in their order; amounts as a facility may know them."""
    rows = list(bookings)
    fees = _fees(rows)
    return [
        OwedRow(card, row.closed_at or row.requested_at, replace(fee, price=StoredPrice((), as_told(fee.due))))
        for row, card in zip(rows, cards, strict=True)
        if (fee := fees.get(row.pk))
    ]


def _fees(bookings: Iterable[Booking]) -> dict[int, OwedFee]:
    """Booking id → what it owes, or owed; three statements for any number."""
    rows = list(bookings)
    moves = defaultdict(list)
    for move in Move.objects.filter(MOVED_AT_A_COST, booking__in=rows).order_by("pk"):
        moves[move.booking_id].append(move)
    prices = {row.pk: fee_among(row, moves[row.pk]) for row in rows}
    received = Payment.objects.filter(booking__in=rows, kind=FEE, voided_at=None)
    paid = dict(received.order_by().values_list("booking").annotate(Sum("amount")))
    waived = {row.booking_id: row for row in FeeWaiver.objects.filter(booking__in=rows, undone_at=None)}
    return {pk: OwedFee(price, paid.get(pk, 0), waived.get(pk)) for pk, price in prices.items() if price.total != 0}
