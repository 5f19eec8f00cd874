"""Asking for a use: judged by the rules, then units and places are taken together or not at all."""

import datetime as dt
import secrets
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.public import Coupon, Entitlement, UnitsExhausted, hold_family, standing_of, take
from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import Booking, Hold, Offering, Sounding, Waiting, Wish
from facilities.selectors.moves import family_uses
from facilities.selectors.notices import too_late_at
from facilities.selectors.preparations import unprepared
from facilities.selectors.proposals import Proposal, propose
from facilities.selectors.uses import use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .agreed import AGREED, Offer, agreed_to, settle
from .availability import announce
from .places import lacking, take_places
from .records import quote_record
from .requoting import settle_prices
from .telling import tell_mother
from .visiting import go_beyond, still_taken
from .waiting_line import answer_offer
from .wishing import answer_wish


def request_booking(
    entitlement: Entitlement,
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    note: str,
    form_token: str,
    by: User,
    at: dt.datetime,
    hours: Decimal | None = None,
    siblings: bool = False,
    allergies: str = "",
    wish: Wish | None = None,
    offer: Offer | None = None,
    shown: Coupon | None = None,
) -> Booking:
    """Take units and places for a use and hand the request to the facility. The same form sent twice is one booking.

    What the centre arranges answers a `wish`. An `offer` to somebody in line hands its places over; so does a hold.
    What the facility has agreed to is confirmed at once. `hours`: of a visit; `siblings`: whether they come along;
    `shown`: her coupon, by which the desk enters it for her.
    Whoever finds the same form sent, or units gone, meanwhile is judged once more and hears the reason in its words.

    Raises:
        PermissionDenied: not her entitlement nor the centre's work; another city's offering, or one lacking its wish.
        TransitionNotAllowed, lifecycle.Overtaken: the wish, the offer or the hold is not open any more.
        NotBookable, DayFull: rules speak against it, or days lack a place; they hold the findings, or the days.
    """
    _authorise(entitlement, offering, wish, shown, by)
    booking = _unsaved(
        entitlement,
        offering,
        first_day=first_day,
        last_day=last_day,
        arrival=arrival,
        hours=hours,
        note=note,
        siblings=siblings,
        allergies=allergies,
        form_token=form_token,
        wish=wish,
        requested_at=at,
    )
    attempt = partial(_attempt, booking, offering, offer=offer, by=by, at=at)
    try:
        return attempt()
    except (IntegrityError, UnitsExhausted):
        return attempt()


class NotBookable(Exception):
    """The rules speak against this use. `findings` say why, each with its sentence and what can be done instead."""

    def __init__(self, findings: tuple[engine.Finding, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class DayFull(Exception):
    """The facility has no place for the whole use. `days` are those that lack one; none if one was freed just now."""

    def __init__(self, days: tuple[dt.date, ...]) -> None:
        super().__init__(", ".join(day.isoformat() for day in days))
        self.days = days


class _NoPlace(Exception):
    """A day counter stands at its limit; what was taken so far must be rolled back."""


def _authorise(entitlement: Entitlement, offering: Offering, wish: Wish | None, shown: Coupon | None, by: User) -> None:
    if shown is None:
        authorise(by, "facilities.request", entitlement)
    elif shown.entitlement_id != entitlement.pk or shown.citizen_id == by.pk:
        raise PermissionDenied("facilities.enter")
    else:
        authorise(by, "facilities.enter", offering)
    if wish:
        authorise(by, "facilities.arrange", wish)
    if offering.municipality_id != entitlement.municipality_id:
        raise PermissionDenied("facilities.request")


def _unsaved(entitlement: Entitlement, offering: Offering, **asked: Any) -> Booking:
    """The booking as it is asked for: without units and price, which the rules give."""
    return Booking(
        municipality=entitlement.municipality,
        citizen=entitlement.citizen,
        facility=offering.facility,
        entitlement=entitlement,
        number=_number(),
        service=offering.service,
        place=offering.place if offering.facility.keeps_capacity else "",
        **asked,
    )


def _attempt(booking: Booking, offering: Offering, *, offer: Offer | None, by: User, at: dt.datetime) -> Booking:
    """Judged while the family is held, so that nothing of hers changes between the rules and the counters.

    Whoever waits for the same days waits for no rule: day counters are the last to be locked.
    """
    try:
        with transaction.atomic():
            hold_family(booking.entitlement)
            others, asked = family_uses(booking.entitlement)
            sent_before = next((row for row in others if row.form_token == booking.form_token), None)
            if sent_before:
                return sent_before
            proposal = _judge(booking, offering, others, asked, offer, by=by, at=at)
            _change(booking, proposal, offer, by=by, at=at)
            changes = settle_prices(booking, proposal.versions, by=by, at=at)
            settle(offer, booking, by=by, at=at)
            told = "booking_confirmed" if isinstance(offer, AGREED) else "booking_requested"
            tell_mother(told, booking, at=at, offering=offering, deadline=proposal.deadline, changes=changes)
            announce(booking, by=by, at=at)
    except _NoPlace:
        raise DayFull(lacking(booking)) from None
    return booking


def _judge(
    booking: Booking,
    offering: Offering,
    others: Sequence[Booking],
    asked: tuple[engine.Use, ...],
    offer: Offer | None,
    *,
    by: User,
    at: dt.datetime,
) -> Proposal:
    standing, use = standing_of(booking.entitlement), use_of(booking)
    arranged = standing.terms.service(booking.service).arranged_by is engine.ArrangedBy.CENTRE
    if arranged != (booking.wish is not None):
        raise PermissionDenied("facilities.request")
    proposal = propose(
        use,
        standing,
        offering,
        bookings=others,
        asked=asked,
        on=clock.day_of(at),
        vaccination_days=booking.wish.vaccinations if booking.wish else (),
        agreed=agreed_to(offer, booking),
    )
    begun = not_begun(use, proposal.terms.booking, at.astimezone(clock.TOKYO))
    # What the facility offers itself, and what the centre asks for, is not bound by the facility's own notice.
    asks_herself = offer is None and booking.wish is None and by.pk == booking.citizen_id
    late = too_late_at(offering, at)(use) if asks_herself else ()
    if refusals := (*proposal.refusals, *begun, *late, *unprepared(standing, booking.service)):
        raise NotBookable(refusals)
    return proposal


def _change(booking: Booking, proposal: Proposal, offer: Offer | None, *, by: User, at: dt.datetime) -> None:
    """Units first, then days by date, the wish, the row, and whoever visits."""
    booking.units = dict(proposal.plan.units)
    booking.quote = quote_record(
        proposal.quote,
        household_class=proposal.household_class,
        version_id=proposal.versions.of_service(booking.service, booking.first_day).pk,
    )
    take(booking.entitlement, booking.units, booking_number=booking.number, by=by, at=at)
    if isinstance(offer, Waiting):
        booking.place = answer_offer(offer, by=by, at=at)
    elif isinstance(offer, Hold) and offer.place:
        booking.place = offer.place
    elif not take_places(booking):
        raise _NoPlace
    if booking.wish:
        answer_wish(booking.wish, chosen=offer if isinstance(offer, Sounding) else None, by=by, at=at)
    booking.save(force_insert=True)
    events.record("booking.requested", booking, at=at, by_id=by.pk)
    if refusals := still_taken(booking, proposal, agreed_to(offer, booking)):
        raise NotBookable(refusals)
    go_beyond(booking, proposal, by=by, at=at)


def _number() -> str:
    """Twelve random digits, in groups that are easy to say on the phone: 4821-7305-6614."""
    digits = f"{secrets.randbelow(10**12):012}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
