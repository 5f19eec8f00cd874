"""A desk books for whoever shows or reads out her coupon: confirmed at once, since the desk itself has agreed."""

import datetime as dt
from typing import Any, TypedDict

from django.db import transaction

from applications.public import Coupon
from facilities.models import Booking, Hold, Offering
from facilities.selectors.coupon_check import coupon_shown_at
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.tenancy import tenant

from .booking import request_booking
from .holding import hold_days


def book_for(
    coupon: Coupon,
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    form_token: str,
    by: User,
    at: dt.datetime,
    **told: Any,
) -> Booking:
    """Enter what was agreed on the phone or at the desk. The same form sent twice is one booking.

    The days are kept first, as for every caller, and taken over at once: hers is the coupon in place of the code.
    `told`: siblings, allergies and note, as `request_booking` takes them.

    Raises:
        PermissionDenied: `by` does not work there, it is her own coupon, or another municipality's.
        NotShown: the coupon does not hold any more.
        NotBookable, DayFull: as `request_booking` says; nothing is kept.
    """
    authorise(by, "facilities.enter", offering)
    if coupon_shown_at(offering.facility, coupon.code, on=clock.day_of(at)) != coupon:
        raise NotShown
    if sent_before := entered_before(coupon, form_token):
        return sent_before
    with transaction.atomic():
        days = _Days(first_day=first_day, last_day=last_day, arrival=arrival)
        hold = hold_days(offering, **days, form_token=_token(coupon, form_token), by=by, at=at)
        with tenant(municipality=offering.municipality_id):  # her bookings elsewhere count too
            booking = request_booking(
                coupon.entitlement,
                offering,
                **days,
                **told,
                form_token=f"hold:{hold.pk}",
                offer=hold,
                shown=coupon,
                by=by,
                at=at,
            )
        events.record("coupon.booked", coupon, at=at, by_id=by.pk, facility_id=offering.facility_id, hold=hold.pk)
    return booking


def entered_before(coupon: Coupon, form_token: str) -> Booking | None:
    """What the same form has booked already: its own days would speak against it, were they judged again."""
    hold = Hold.objects.filter(form_token=_token(coupon, form_token)).select_related("booking").first()
    return hold.booking if hold else None


def _token(coupon: Coupon, sent: str) -> str:
    return f"{coupon.pk}:{sent}"


class _Days(TypedDict):
    first_day: dt.date
    last_day: dt.date
    arrival: dt.time | None


class NotShown(Exception):
    """No coupon of this number holds here by now."""
