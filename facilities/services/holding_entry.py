"""Typing the code of a hold: found by six digits, of which nobody may try many, and taken over by a booking."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Hold
from facilities.selectors.holds import offering_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.models import Event

from .booking import request_booking

WRONG_CODE = "hold.wrong_code"
REMEMBERED = dt.timedelta(days=1)
"""How long a closed hold still answers to its code, with why it is closed."""


def find_hold(code: str, municipality: Municipality, *, by: User, at: dt.datetime) -> Hold:
    """The open hold of a code, for whoever was told it on the phone. Six digits can be guessed, so misses are counted.

    Raises:
        TooManyGuesses: five wrong codes within `HOLD_MINUTES`; nothing was looked up.
        WrongCode: no hold of this municipality has it.
        HoldOver: there was one, and it is closed; holds it.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sixteen tabs try one after another
        if _misses(by, at) >= settings.HOLD_GUESSES:
            raise TooManyGuesses
        hold = _by_code(code, municipality, at)
        if hold is None or (_is_over(hold, at) and not _became_hers(hold, by)):
            events.record(WRONG_CODE, by, at=at, by_id=by.pk)
    if hold is None:
        raise WrongCode
    if _is_over(hold, at):
        raise HoldOver(hold)
    return hold


def enter_hold(
    hold: Hold,
    entitlement: Entitlement,
    *,
    arrival: dt.time | None,
    note: str,
    siblings: bool,
    allergies: str = "",
    by: User,
    at: dt.datetime,
) -> Booking:
    """Book the days of a hold: it takes the places over and her units, and stands confirmed. Sent twice, it is one.

    Raises:
        PermissionDenied: not her entitlement, or another municipality's hold.
        HoldOver: somebody typed the code first, the facility gave the days back, or the time is over; holds the hold.
        NotBookable: a rule speaks against it; the hold stays as it is.
        DayFull: the facility began to keep places since, and has none on some day.
    """
    authorise(by, "facilities.request", entitlement)
    with transaction.atomic():
        stands = Hold.objects.select_for_update().get(pk=hold.pk)
        if stands.booking and stands.booking.entitlement_id == entitlement.pk:
            return stands.booking
        offering = offering_of(stands)
        if offering is None or _is_over(stands, at):
            raise HoldOver(stands)
        return request_booking(
            entitlement,
            offering,
            first_day=stands.first_day,
            last_day=stands.last_day,
            arrival=arrival,
            note=note,
            siblings=siblings,
            allergies=allergies,
            form_token=f"hold:{stands.pk}",
            offer=stands,
            by=by,
            at=at,
        )


class WrongCode(Exception):
    """Nothing is kept under this code here."""


class TooManyGuesses(Exception):
    """The account has to wait before it may try another code."""


class HoldOver(Exception):
    """What was kept under a code is not any more: `hold` says what became of it."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(str(hold))
        self.hold = hold


def _by_code(code: str, municipality: Municipality, at: dt.datetime) -> Hold | None:
    """The open one, else the last that had the code, as long as that is remembered."""
    rows = Hold.objects.filter(municipality=municipality, code=code, made_at__gt=at - REMEMBERED)
    with_it = rows.select_related("facility", "municipality", "booking")
    return with_it.filter(status=Hold.Status.OPEN).first() or with_it.order_by("-made_at").first()


def _misses(by: User, at: dt.datetime) -> int:
    since = at - dt.timedelta(minutes=settings.HOLD_MINUTES)
    return Event.objects.filter(verb=WRONG_CODE, actor_id=by.pk, at__gt=since).count()


def _is_over(hold: Hold, at: dt.datetime) -> bool:
    """Whether its time has passed, also where nobody has closed it yet."""
    return hold.status != Hold.Status.OPEN or at >= hold.expires_at


def _became_hers(hold: Hold, by: User) -> bool:
    return hold.booking is not None and hold.booking.citizen_id == by.pk
