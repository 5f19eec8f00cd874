"""Taking what was offered: the booking takes the places over, so that nobody comes between."""

import datetime as dt

from facilities.models import Booking, Waiting
from postpartum_portal.accounts.models import User
from postpartum_portal.shared.lifecycle import Overtaken, authorise

from .booking import request_booking


def take_offer(waiting: Waiting, *, by: User, at: dt.datetime) -> Booking:
    """Ask the facility for the days that were offered. Pressed twice, it is one booking.

    Units are taken now, and judged as for every request. `waiting` came with its offering, facility and entitlement.

    Raises:
        PermissionDenied: not her own.
        Overtaken, TransitionNotAllowed: her time is over, or she has declined the offer; the next in line has it.
        NotBookable: a rule speaks against it by now; holds the findings.
    """
    authorise(by, "facilities.take_waiting", waiting)
    over = (
        waiting.status == Waiting.Status.OFFERED and waiting.offered_until is not None and at >= waiting.offered_until
    )
    if over or waiting.offering is None:
        raise Overtaken(waiting)
    return request_booking(
        waiting.entitlement,
        waiting.offering,
        first_day=waiting.first_day,
        last_day=waiting.last_day,
        arrival=waiting.arrival,
        siblings=waiting.siblings,
        note=waiting.note,
        allergies=waiting.allergies,
        form_token=token_of(waiting),
        offer=waiting,
        by=by,
        at=at,
    )


def token_of(waiting: Waiting) -> str:
    """What names the one booking that an offer may become. No page's form sends such a token."""
    return f"waiting:{waiting.pk}"
