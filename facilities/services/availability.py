"""利用の可否通知, where the programme writes it: of a booking that answers a wish, or of a wish that cannot be had."""

import datetime as dt

from applications.public import LetterSubject, Settled, issue_availability
from facilities.models import Booking, Wish
from facilities.selectors.letter_rows import how_to_cancel, settled_rows, wished_rows


def announce(booking: Booking, *, at: dt.datetime) -> None:
    """可, once the facility has agreed. Part of the transaction that confirms the booking, its last step."""
    if booking.wish is None or booking.status != Booking.Status.CONFIRMED:
        return
    settled = Settled(
        LetterSubject.BOOKING,
        booking.pk,
        booking.wish.made_at,
        settled_rows(booking),
        how=how_to_cancel(booking),
    )
    issue_availability(booking.entitlement, settled, at=at)


def refused(wish: Wish) -> Settled:
    """否, as the centre has worded it on the wish."""
    return Settled(LetterSubject.WISH, wish.pk, wish.made_at, wished_rows(wish), reason=wish.reason)
