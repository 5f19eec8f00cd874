"""The centre answers a wish: by a request, by a yes that it has been given, or by saying that it cannot be had."""

import datetime as dt
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import issue_availability, prepare_availability
from facilities.models import Booking, Offering, Sounding, Wish
from facilities.selectors.soundings import use_offered
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .answering import ReasonMissing
from .availability import refused
from .booking import request_booking
from .sounding_ends import close_soundings
from .telling import tell_of_wish


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
    siblings: bool = False,
    allergies: str | None = None,
) -> Booking:
    """Ask for the days that answer a wish: judged and counted as every request, then the facility's to confirm.

    `allergies`: None where she was not asked again, and what she wrote with her wish stands.
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
        siblings=siblings,
        allergies=wish.allergies if allergies is None else allergies,
        form_token=form_token,
        wish=wish,
        by=by,
        at=at,
    )


def arrange_sounded(sounding: Sounding, offering: Offering, *, by: User, at: dt.datetime) -> Booking:
    """Book what a facility has said yes to: confirmed at once. The others hear that they are not needed.

    Raises:
        As `arrange`; TransitionNotAllowed, Overtaken also where the facility has taken its yes back or changed it.
    """
    wish, use = sounding.wish, use_offered(sounding)
    authorise(by, "facilities.arrange", wish)
    if (offering.service, offering.facility_id) != (wish.service, sounding.facility_id):
        raise PermissionDenied("facilities.arrange")
    return request_booking(
        wish.entitlement,
        offering,
        first_day=use.first_day,
        last_day=use.last_day,
        arrival=use.start_time,
        hours=sounding.hours,
        note=sounding.note,
        siblings=sounding.siblings,
        allergies=sounding.allergies,
        form_token=f"sounding-{sounding.pk}",
        wish=wish,
        offer=sounding,
        by=by,
        at=at,
    )


def turn_down(wish: Wish, *, reason: str, by: User, at: dt.datetime) -> Wish:
    """Tell her that it cannot be had, and why, by letter where the programme writes one. She may wish anew.

    Raises:
        PermissionDenied: not the work of this centre, or a wish of one's own.
        ReasonMissing: nothing is said why.
        TransitionNotAllowed, Overtaken: it is not open any more.
        postpartum_portal.shared.pdf.MissingGlyph: the letter cannot be printed; names the characters.
    """
    authorise(by, "facilities.arrange", wish)
    if not reason.strip():
        raise ReasonMissing
    wish.reason = reason.strip()
    prepare_availability(wish.entitlement, refused(wish), at=at)
    with transaction.atomic():
        pass_transition(wish.turn_down, closed_at=at, reason=wish.reason)
        close_soundings(wish, by=by, at=at)
        events.record("wish.turned_down", wish, at=at, by_id=by.pk)
        tell_of_wish(wish, kind="wish_turned_down", at=at)
        issue_availability(wish.entitlement, refused(wish), by=by, at=at)
    return wish
