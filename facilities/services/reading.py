"""Reading is a deed: which member of staff saw which guest, or whose wish, is written down."""

import datetime as dt
from collections.abc import Iterable

from facilities.models import Booking, Wish
from facilities.selectors.guests import GuestCard, cards_of
from facilities.selectors.wishes import wish_with_rows
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events

READ = "booking.read"


def read_cards(bookings: Iterable[Booking], *, by: User, at: dt.datetime) -> tuple[GuestCard, ...]:
    """The cards of bookings that came `with_rows`. Whoever looks at one all day long is noted once for that day."""
    rows = list(bookings)
    events.record_reads(READ, rows, at=at, by_id=by.pk)
    return cards_of(rows)


def read_card(booking: Booking, *, by: User, at: dt.datetime) -> GuestCard:
    (card,) = read_cards([booking], by=by, at=at)
    return card


def read_wish(pk: int, *, by: User, at: dt.datetime) -> Wish | None:
    """A wish of this municipality, with all that arranging it needs; None where there is none."""
    wish = wish_with_rows(pk)
    if wish:
        events.record_reads("wish.read", [wish], at=at, by_id=by.pk)
    return wish
