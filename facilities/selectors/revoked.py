"""What a family gives up when its approval is revoked: bookings, days that it asked for, places in line, wishes.

The page that asks before and the service that does it read the same.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from applications.public import Entitlement
from facilities.models import Booking, Move, Waiting, Wish

from .uses import has_begun, terms_reader


@dataclass(frozen=True, slots=True)
class GivenUp:
    """`bookings` end; `moves` only ask for later days, and their bookings stay; `under_way` have begun and stay."""

    bookings: tuple[Booking, ...]
    moves: tuple[Move, ...]
    waiting: tuple[Waiting, ...]
    wishes: tuple[Wish, ...]
    under_way: tuple[Booking, ...]

    @property
    def key(self) -> str:
        """What names exactly these: another one was added or went if it differs."""
        rows = [self.bookings, self.moves, self.waiting, self.wishes]
        return "/".join(",".join(str(row.pk) for row in kind) for kind in rows)


def given_up(
    entitlement: Entitlement, services: Collection[str], *, since: dt.date, now: dt.datetime, hold: bool = False
) -> GivenUp:
    """All of `services` with a day from `since` on, the first day first: whoever gives their places back keeps to the
    order of days.

    `hold`: nobody else changes the bookings, nor the places in line, in this transaction.
    """
    rows = Booking.objects.filter(entitlement=entitlement, service__in=services, status__in=Booking.LIVE)
    ahead = {"entitlement": entitlement, "service__in": services}
    line = Waiting.objects.filter(**ahead, status__in=Waiting.LIVE, last_day__gte=since).order_by("pk")
    if hold:
        rows = rows.select_for_update(no_key=True, of=("self",))
        line = line.select_for_update(no_key=True, of=("self",))
    beside = ("municipality", "facility", "citizen", "entitlement__birth", "entitlement__programme_version")
    live, terms_of = list(rows.select_related(*beside).order_by("first_day", "pk")), terms_reader()
    coming = [row for row in live if row.last_day >= since]
    begun = {row.pk for row in coming if has_begun(row, terms_of(row), now)}
    ends = tuple(row for row in coming if row.pk not in begun)
    kept = [row for row in live if row not in ends]
    return GivenUp(
        bookings=ends,
        moves=tuple(
            Move.objects.filter(booking__in=kept, status=Move.Status.ASKED, last_day__gte=since).order_by("pk")
        ),
        waiting=tuple(line.select_related("facility")),
        wishes=tuple(Wish.objects.filter(**ahead, status=Wish.Status.OPEN).order_by("pk")),
        under_way=tuple(row for row in coming if row.pk in begun),
    )
