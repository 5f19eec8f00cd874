"""連絡を受けた日時 that was put right after it was recorded, and what stands against doing so."""

import datetime as dt
from dataclasses import dataclass

from facilities.models import Booking, FeeWaiver, OutcomeDecision, Payment
from postpartum_portal.shared.models import Event

from .adjusting import OUTSIDE

CORRECTABLE = frozenset({Booking.Status.CANCELLED_IN_TIME, Booking.Status.CANCELLED_LATE, Booking.Status.NO_SHOW})
FREE_AT_ANY_TIME = frozenset({"unanswered", "closed_after_loss", OUTSIDE})
"""Findings of cancellations that cost nothing whenever she called."""

CLOSED, HERS, FREE, DECIDED, MONEY = "closed", "hers", "free", "decided", "money"


@dataclass(frozen=True, slots=True)
class Correction:
    """`was`: what had been recorded, None where it was that nobody called; `why` in words."""

    at: dt.datetime
    was: dt.datetime | None
    why: str


def against_correcting(booking: Booking) -> str:
    """Why the instant stays as it is, as a code; "" where it may be put right.

    What she sent herself has the portal's own time. Money that was received or waived, and what staff decided, rest on
    what is recorded: that is taken back first.
    """
    if booking.status not in CORRECTABLE or booking.closed_at is None:
        return CLOSED
    recorded = Event.objects.filter(verb="booking.cancelled", subject_kind="booking", subject_id=booking.pk).first()
    if recorded and booking.citizen_id is not None and recorded.actor_id == booking.citizen_id:
        return HERS
    if booking.consequence.get("code") in FREE_AT_ANY_TIME:
        return FREE
    if OutcomeDecision.objects.filter(booking=booking).exists():
        return DECIDED
    received = Payment.objects.filter(booking=booking, voided_at=None).exists()
    return MONEY if received or FeeWaiver.objects.filter(booking=booking, undone_at=None).exists() else ""


def corrections_of(booking: Booking) -> tuple[Correction, ...]:
    """The last one first."""
    kept = reversed(booking.consequence.get("corrections", ()))
    return tuple(
        Correction(
            dt.datetime.fromisoformat(row["at"]),
            dt.datetime.fromisoformat(row["was"]) if row["was"] else None,
            str(Booking.ContactWhy(row["why"]).label),
        )
        for row in kept
    )
