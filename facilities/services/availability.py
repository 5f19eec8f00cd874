"""利用の可否通知, where the programme writes it: of a booking that answers a wish, or of a wish that cannot be had."""

import datetime as dt

from applications.public import LetterSubject, Settled, issue_availability
from facilities.models import Booking, Move, Wish
from facilities.selectors.letter_rows import how_to_cancel, settled_rows, wished_rows
from postpartum_portal.accounts.models import User

MOVED = "利用する日時が変わりました。"
"""Why the letter of the old days is void, as the register and she read it."""


def announce(booking: Booking, *, moved: Move | None = None, by: User, at: dt.datetime) -> None:
    """可, once the facility has agreed; after a move for the new days, in the place of the letter that names the old.

    Part of the transaction that confirms or moves the booking, its last step.
    """
    if booking.wish is None or booking.status != Booking.Status.CONFIRMED:
        return
    settled = Settled(
        LetterSubject.BOOKING,
        booking.pk,
        booking.wish.made_at,
        settled_rows(booking, moved),
        how=how_to_cancel(booking),
        instead=MOVED if moved else "",
    )
    issue_availability(booking.entitlement, settled, by=by, at=at)


def refused(wish: Wish) -> Settled:
    """否, as the centre has worded it on the wish."""
    return Settled(LetterSubject.WISH, wish.pk, wish.made_at, wished_rows(wish), reason=wish.reason)
