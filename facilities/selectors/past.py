"""Bookings as they were, for a replay under another programme."""

from collections import defaultdict
from collections.abc import Collection

from eligibility import engine
from eligibility.public import PastUse
from facilities.models import Booking, Offering
from postpartum_portal.shared import clock

from .limits import places_of
from .uses import use_of

TURNED_DOWN = (Booking.Status.DECLINED, Booking.Status.EXPIRED)


def past_uses(entitlement_ids: Collection[int]) -> dict[int, list[PastUse]]:
    """Entitlement id → its bookings in the order of asking, in the tenant scope. A handful of statements for all.

    What a facility turned down, or nobody answered, took place by no rule of the programme and is left out.
    """
    places = _places()
    found: dict[int, list[PastUse]] = defaultdict(list)
    bookings = Booking.objects.filter(entitlement__in=entitlement_ids).exclude(status__in=TURNED_DOWN)
    for booking in bookings.defer("quote", "units", "note").order_by("pk"):
        found[booking.entitlement_id].append(
            PastUse(
                number=booking.number,
                use=use_of(booking),
                asked_on=clock.day_of(booking.requested_at),
                place=places.get((booking.facility_id, booking.service), engine.ANYWHERE),
                contact_at=booking.contact_at,
                not_attended=booking.status == Booking.Status.NO_SHOW,
            )
        )
    return found


def _places() -> dict[tuple[int, str], engine.Place]:
    """Facility and service → what the rules want to know of the place, ended contracts too."""
    offerings = list(Offering.objects.select_related("facility", "contract"))
    places = places_of(offerings)
    return {(offering.facility_id, offering.service): places[offering.pk] for offering in offerings}
