"""A move that is taken back: what was cancelled for it in the meantime stays cancelled, and both sides see it."""

import datetime as dt
from collections.abc import Sequence

from applications.public import Birth, ChangeNotice
from facilities.public import Card, card_of, freed_bookings, terms_of

Kind = ChangeNotice.Kind


def cancelled_for_a_move(birth: Birth, notices: Sequence[ChangeNotice], *, now: dt.datetime) -> tuple[Card, ...]:
    """Bookings that were cancelled free, whatever the clock said, while a move stood that no longer does.

    `notices` are all that the family has reported, the latest first. As long as the last move stands, its bookings
    count too: the page that takes it back tells them.
    """
    moves = [notice for notice in notices[::-1] if notice.kind == Kind.MOVING_AWAY]
    found: dict[int, Card] = {}
    for number, move in enumerate(moves):
        if not move.after["moves_out_on"]:
            continue
        until = moves[number + 1].reported_at if number + 1 < len(moves) else now
        for booking in freed_bookings(birth, since=move.reported_at, until=until):
            found[booking.pk] = card_of(booking, terms_of(booking))
    return tuple(found.values())


def moved_back(notices: Sequence[ChangeNotice]) -> bool:
    """Whether the last that was reported of a move is that there is none."""
    latest = next((notice for notice in notices if notice.kind == Kind.MOVING_AWAY), None)
    return latest is not None and not latest.after["moves_out_on"]
