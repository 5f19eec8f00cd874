"""Reading is a deed: which member of staff saw which guest, or whose wish, is written down."""

import datetime as dt
from collections.abc import Iterable, Sequence

from facilities.models import Booking, Wish
from facilities.selectors.guests import GuestCard, cards_of
from facilities.selectors.wishes import wish_with_rows
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.models import Event

READ = "booking.read"


def read_cards(bookings: Iterable[Booking], *, by: User, at: dt.datetime) -> tuple[GuestCard, ...]:
    """The cards of bookings that came `with_rows`. Whoever looks at one all day long is noted once for that day."""
    rows = list(bookings)
    events.record_each(READ, _unread(rows, by, at), at=at, by_id=by.pk)
    return cards_of(rows)


def read_card(booking: Booking, *, by: User, at: dt.datetime) -> GuestCard:
    (card,) = read_cards([booking], by=by, at=at)
    return card


def read_wish(pk: int, *, by: User, at: dt.datetime) -> Wish | None:
    """A wish of this municipality, with all that arranging it needs; None where there is none."""
    wish = wish_with_rows(pk)
    if wish:
        events.record("wish.read", wish, at=at, by_id=by.pk)
    return wish


def _unread(bookings: Sequence[Booking], by: User, at: dt.datetime) -> list[Booking]:
    morning = dt.datetime.combine(clock.day_of(at), dt.time(), clock.TOKYO)
    ids = [booking.pk for booking in bookings]
    today = Event.objects.filter(actor_id=by.pk, at__gte=morning, verb=READ, subject_id__in=ids)
    seen = set(today.values_list("subject_id", flat=True))
    return [booking for booking in bookings if booking.pk not in seen]
