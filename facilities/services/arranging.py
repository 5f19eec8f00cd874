"""The centre turns a wish into a request: to a facility, a midwife or a supporter."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from facilities.models import Booking, Offering, Wish
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.lifecycle import authorise

from .booking import request_booking


def arrange(
    wish: Wish,
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    hours: Decimal | None,
    note: str,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Booking:
    """Ask for the days that answer a wish: judged and counted as every request, then the facility's to confirm.

    Declined or expired, it opens the wish again. The same form sent twice is one booking.

    Raises:
        PermissionDenied: not the work of this centre, a wish of one's own, or an offering of another service.
        NotBookable, DayFull: as `request_booking` says.
        TransitionNotAllowed, Overtaken: she has withdrawn the wish, or a colleague has arranged it.
    """
    authorise(by, "facilities.arrange", wish)
    if offering.service != wish.service:
        raise PermissionDenied("facilities.arrange")
    return request_booking(
        wish.entitlement,
        offering,
        first_day=first_day,
        last_day=last_day,
        arrival=arrival,
        hours=hours,
        note=note,
        form_token=form_token,
        wish=wish,
        by=by,
        at=at,
    )
