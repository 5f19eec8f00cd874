"""Requests and moves that wait for a facility's answer, and since when."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from facilities.models import Booking, Facility, Move

from .desks import answered_by


@dataclass(frozen=True, slots=True)
class Owed:
    """`oldest`: since when the first of them waits; None where none does."""

    count: int
    oldest: dt.datetime | None


def owed_by(desk: Facility, *, asked_before: dt.datetime) -> Owed:
    """What this desk has left unanswered since before an instant."""
    mine = answered_by(desk)
    requests, moves = unanswered(asked_before=asked_before), _moves(asked_before=asked_before)
    found = [
        requests.filter(mine).aggregate(count=Count("pk"), oldest=Min("requested_at")),
        moves.filter(mine).aggregate(count=Count("pk"), oldest=Min("asked_at")),
    ]
    since = [row["oldest"] for row in found if row["oldest"]]
    return Owed(sum(row["count"] for row in found), min(since, default=None))


def unanswered(*, asked_before: dt.datetime) -> QuerySet[Booking]:
    """Requests in the tenant scope without an answer, who has waited longest first."""
    rows = Booking.objects.filter(status=Booking.Status.REQUESTED, requested_at__lt=asked_before)
    return rows.order_by("requested_at", "pk")


def _moves(*, asked_before: dt.datetime) -> QuerySet[Move]:
    return Move.objects.filter(status=Move.Status.ASKED, asked_at__lt=asked_before).order_by("asked_at", "pk")
