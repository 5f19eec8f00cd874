"""Reading is a deed: which member of staff saw which guest, or whose wish, is written down."""

import datetime as dt
from collections.abc import Iterable

from applications.public import Entitlement
from facilities.models import Booking, Preparation, Sounding, Wish
from facilities.selectors.guests import GuestCard, cards_of
from facilities.selectors.home_visits import HomeVisit, home_visit
from facilities.selectors.soundings import SoundingCard, sounding_card
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


def read_soundings(rows: Iterable[Sounding], *, by: User, at: dt.datetime) -> tuple[SoundingCard, ...]:
    """The cards of soundings that came `with_wish`. They name nobody; that they were seen is noted all the same."""
    found = list(rows)
    events.record_reads("sounding.read", found, at=at, by_id=by.pk)
    return tuple(map(sounding_card, found))


def read_home_visits(rows: Iterable[Preparation], *, by: User, at: dt.datetime) -> tuple[HomeVisit, ...]:
    """Visits before the visits as their visitor sees them: with name, phone and address."""
    found = list(rows)
    events.record_reads("preparation.read", found, at=at, by_id=by.pk)
    return tuple(map(home_visit, found))


def read_entitlement(pk: int, *, by: User, at: dt.datetime) -> Entitlement | None:
    """What a family was granted here, with the name of whom a wish is taken down for; None where there is none."""
    rows = Entitlement.objects.select_related("municipality", "citizen", "programme_version", "birth__household")
    found = rows.filter(pk=pk).first()
    if found:
        events.record_reads("wish.read", [found], at=at, by_id=by.pk)
    return found


def read_wish(pk: int, *, by: User, at: dt.datetime) -> Wish | None:
    """A wish of this municipality, with all that arranging it needs; None where there is none."""
    wish = wish_with_rows(pk)
    if wish:
        events.record_reads("wish.read", [wish], at=at, by_id=by.pk)
    return wish
