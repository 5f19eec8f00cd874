"""The day itself: she came, or she did not."""

import datetime as dt

from django.db import transaction

from applications.public import dates_of, give_back, standing_of
from eligibility import engine
from facilities.models import Booking
from facilities.selectors.uses import terms_of, use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .records import consequence_record, quote_record
from .telling import tell_mother


def attend(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """She has arrived. The price is reckoned once more by the household's class of that day, and then stands.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TooEarly: the first day has not come.
        TransitionNotAllowed, Overtaken: the booking is not a confirmed one any more.
    """
    authorise(by, "facilities.attend", booking)
    _check_day(booking, at)
    quote = _price_of_the_day(booking)
    with transaction.atomic():
        pass_transition(booking.attend, attended_at=at, closed_at=at, quote=quote)
        events.record("booking.attended", booking, at=at, by_id=by.pk)
    return booking


def preview_no_show(booking: Booking) -> engine.Consequence:
    """What follows if she is recorded as not having come; shown first, and read again by `no_show`."""
    return engine.no_show(use_of(booking), facts=dates_of(booking.entitlement.birth), terms=terms_of(booking))


def no_show(booking: Booking, *, by: User, at: dt.datetime) -> Booking:
    """She did not come and nobody called. Units count, and money is owed, as the programme says.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        TooEarly: the first day has not come.
        TransitionNotAllowed, Overtaken: the booking is not a confirmed one any more.
    """
    authorise(by, "facilities.attend", booking)
    _check_day(booking, at)
    consequence = preview_no_show(booking)
    with transaction.atomic():
        pass_transition(booking.mark_no_show, closed_at=at, consequence=consequence_record(consequence))
        if consequence.returned:
            returned = {code: booking.units[code] for code in consequence.returned if code in booking.units}
            give_back(booking.entitlement, returned, booking_number=booking.number, reason=booking.status, by=by, at=at)
        events.record("booking.no_show", booking, at=at, by_id=by.pk)
        tell_mother("booking_no_show", booking, at=at)
    return booking


class TooEarly(Exception):
    """Somebody marked an arrival, or a no-show, before the first day."""


def _check_day(booking: Booking, at: dt.datetime) -> None:
    if clock.day_of(at) < booking.first_day:
        raise TooEarly


def _price_of_the_day(booking: Booking) -> dict[str, object]:
    grant = standing_of(booking.entitlement).grant(booking.first_day)
    quote = engine.quote(
        use_of(booking),
        household_class=grant.household_class,
        terms=terms_of(booking),
        children=booking.entitlement.birth.children,
    )
    return quote_record(quote, household_class=grant.household_class, version_id=booking.quote["version"])
