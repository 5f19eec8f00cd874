"""What a booking owes in all, what was received of it, and the receipts (領収書) as both sides read them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from eligibility import engine
from facilities.models import Booking, FeeWaiver, Move, Payment
from postpartum_portal.shared.models import Event

from .stored import StoredLine, StoredPrice, owed_of, price_kept, price_of

ISSUED = "receipt.issued"
"""The event that a receipt was handed out on paper; from the second time on it is a 再発行."""


@dataclass(frozen=True, slots=True)
class PaidReceipt:
    """`issued`: how often it was handed out on paper; `by`: who received the money."""

    number: str
    paid_at: dt.datetime
    lines: tuple[StoredLine, ...]
    total: engine.Yen
    by: str
    voided_at: dt.datetime | None
    void_reason: str
    issued: int

    @property
    def again(self) -> bool:
        """Whether the paper at hand is not the first."""
        return self.issued > 1


def due_of(booking: Booking, kind: Payment.Kind) -> engine.Amount:
    """What is owed in all of one kind; extra items are owed as they are taken: always 0.

    Of a fee that is waived no more than what was received before.
    """
    if kind == Payment.Kind.CANCEL_FEE:
        waived = FeeWaiver.objects.filter(booking=booking, undone_at=None).exists()
        return engine.Yen(paid_of(booking, kind)) if waived else fee_of(booking).total
    return price_of(booking).total if kind == Payment.Kind.USE and may_owe(booking, kind) else engine.Yen(0)


def fee_of(booking: Booking) -> StoredPrice:
    """What giving it up, or some of its days when it was moved, has cost; whatever was paid or waived."""
    moves = Move.objects.filter(booking=booking, status=Move.Status.ACCEPTED).order_by("pk")
    return fee_among(booking, moves)


def fee_among(booking: Booking, moves: Iterable[Move]) -> StoredPrice:
    """`fee_of`, with its accepted moves at hand."""
    prices = [price_kept(move.consequence) for move in moves]
    if given_up := given_up_of(booking):
        prices.append(given_up)
    lines = tuple(line for price in prices for line in price.lines)
    return StoredPrice(lines, engine.total([price.total for price in prices]))


def given_up_of(booking: Booking) -> StoredPrice | None:
    """What its cancellation or no-show costs; None where it was neither.

    Cancelled in time where no rule is published, nothing is owed as long as staff have not decided that it is.
    """
    if not booking.consequence:
        return None
    owed = owed_of(booking)
    undecided = isinstance(owed.total, engine.Unpublished) and booking.status == Booking.Status.CANCELLED_IN_TIME
    return None if undecided else owed


def may_owe(booking: Booking, kind: Payment.Kind) -> bool:
    """Whether money of a kind can be received of it at all: a fee wherever one is due, the rest once she came."""
    if kind == Payment.Kind.CANCEL_FEE:
        return fee_of(booking).total != 0
    return bool(booking.status == Booking.Status.ATTENDED)


def paid_of(booking: Booking, kind: Payment.Kind) -> int:
    """What was received of one kind, in whole yen."""
    return sum(Payment.objects.filter(booking=booking, kind=kind, voided_at=None).values_list("amount", flat=True))


def receipts_of(booking: Booking) -> tuple[PaidReceipt, ...]:
    """All of a booking, the last one first; voided ones say why."""
    return grouped_receipts(Payment.objects.filter(booking=booking).select_related("by"))


def receipt_numbered(booking: Booking, number: str) -> PaidReceipt | None:
    return next((receipt for receipt in receipts_of(booking) if receipt.number == number), None)


def grouped_receipts(rows: Iterable[Payment]) -> tuple[PaidReceipt, ...]:
    ordered = sorted(rows, key=lambda row: (row.paid_at, row.receipt, row.line))
    grouped = [list(lines) for _, lines in groupby(ordered, key=lambda row: row.receipt)]
    issued = _times_issued([lines[0].pk for lines in grouped])
    return tuple(_receipt(lines, issued.count(lines[0].pk)) for lines in reversed(grouped))


def _receipt(rows: Sequence[Payment], issued: int) -> PaidReceipt:
    first = rows[0]
    return PaidReceipt(
        number=first.receipt,
        paid_at=first.paid_at,
        lines=tuple(StoredLine(row.label, "", engine.Yen(row.amount), False) for row in rows),
        total=engine.Yen(sum(row.amount for row in rows)),
        by=str(first.by),
        voided_at=first.voided_at,
        void_reason=first.void_reason,
        issued=issued,
    )


def _times_issued(payments: Sequence[int]) -> list[int]:
    found = Event.objects.filter(verb=ISSUED, subject_kind="payment", subject_id__in=payments)
    return list(found.values_list("subject_id", flat=True)) if payments else []
