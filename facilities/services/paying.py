"""Money at the desk: what was received is written down with a receipt's number; a mistake is voided with a reason."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from eligibility import engine
from facilities.models import Booking, Payment
from facilities.selectors.receipts import due_of, may_owe, paid_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import Overtaken, authorise

from .answering import ReasonMissing


@dataclass(frozen=True, slots=True)
class Item:
    """One line that was paid. `amount` in whole yen."""

    kind: Payment.Kind
    label: str
    amount: int


def pay(
    booking: Booking, *, kind: Payment.Kind, label: str, amount: int, form_token: str, by: User, at: dt.datetime
) -> Payment:
    """One thing was paid. As `receive`."""
    (payment,) = receive(booking, [Item(kind, label, amount)], form_token=form_token, by=by, at=at)
    return payment


def receive(
    booking: Booking, items: Sequence[Item], *, form_token: str, by: User, at: dt.datetime
) -> tuple[Payment, ...]:
    """What was paid together, on one receipt. The same form sent twice is one receipt.

    Of an amount that is known no more is taken than is still to be paid; where none is published, what both agreed on.

    Raises:
        PermissionDenied: `by` does not work at the facility, or it is her own booking.
        NothingOwed: she has not come, or nothing of this kind is owed of the booking.
        MoreThanDue: more than is still to be paid; holds what is.
    """
    authorise(by, "facilities.collect", booking)

    with transaction.atomic():
        held = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
        if sent_before := Payment.objects.filter(booking=held, form_token=form_token):
            return tuple(sent_before)
        _judge(held, items)
        number = f"{held.number}-R{_last_receipt(held) + 1}"
        rows = [
            _row(held, item, receipt=number, line=line, form_token=form_token, paid_at=at, by=by)
            for line, item in enumerate(items, start=1)
        ]
        for row in rows:
            row.save(force_insert=True)
        events.record("payment.received", rows[0], at=at, by_id=by.pk, booking=held.number, receipt=number)
    return tuple(rows)


def void_payment(payment: Payment, *, reason: str, by: User, at: dt.datetime) -> None:
    """The receipt on which it stands does not hold, whole: what was right on it is received anew.

    Raises:
        PermissionDenied: `by` does not work at the facility, or it is her own booking.
        ReasonMissing: nothing is said why.
        Overtaken: it was voided meanwhile.
    """
    authorise(by, "facilities.collect", payment)

    if not reason.strip():
        raise ReasonMissing

    with transaction.atomic():
        lines = Payment.objects.filter(booking=payment.booking_id, receipt=payment.receipt, voided_at=None)
        if not lines.update(voided_at=at, voided_by=by, void_reason=reason.strip()):
            raise Overtaken(payment)
        events.record("payment.voided", payment, at=at, by_id=by.pk, receipt=payment.receipt)


class NothingOwed(Exception):
    """Money of a kind that the booking does not owe."""


class MoreThanDue(Exception):
    """More of a kind was typed than is still to be paid. `left` in whole yen."""

    def __init__(self, left: int, kind: Payment.Kind) -> None:
        super().__init__(left, kind)
        self.left, self.kind = left, kind


def _judge(booking: Booking, items: Sequence[Item]) -> None:
    if not items or not all(may_owe(booking, kind) for kind in {item.kind for item in items}):
        raise NothingOwed
    for kind in {item.kind for item in items} - {Payment.Kind.EXTRA}:
        due = due_of(booking, kind)
        if isinstance(due, engine.Unpublished):
            continue
        left = max(0, due - paid_of(booking, kind))
        if sum(item.amount for item in items if item.kind == kind) > left:
            raise MoreThanDue(left, kind)


def _last_receipt(booking: Booking) -> int:
    """How many receipts of the booking there are; none is ever deleted."""
    return Payment.objects.filter(booking=booking).values("receipt").distinct().count()


def _row(booking: Booking, item: Item, **written: object) -> Payment:
    return Payment(
        municipality_id=booking.municipality_id,
        facility_id=booking.facility_id,
        citizen_id=booking.citizen_id,
        booking=booking,
        kind=item.kind,
        label=item.label,
        amount=item.amount,
        **written,
    )
