"""Asking for a use: judged by the rules, then units and places are taken together or not at all."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.public import Entitlement, UnitsExhausted, hold_family, standing_of, still_granted, take
from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import Booking, Hold, Offering, Sounding, Waiting, Wish
from facilities.selectors.moves import asked_uses
from facilities.selectors.preparations import unprepared
from facilities.selectors.proposals import Proposal, propose
from facilities.selectors.uses import use_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise

from .agreed import AGREED, Offer, settle
from .availability import announce
from .places import lacking, take_places
from .records import quote_record
from .requoting import settle_prices
from .telling import tell_mother
from .waiting_line import answer_offer
from .wishing import answer_wish

SIBLINGS_COME = "きょうだいも一緒に来ます。"
"""What the facility is told of them, before her own words: a booking keeps it in its note."""

HOLDS_ITS_DAYS = Booking.LIVE | {Booking.Status.ATTENDED}


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
    wish: Wish | None = None,
    offer: Offer | None = None,
) -> Booking:
    """Take units and places for a use and hand the request to the facility. The same form sent twice is one booking.

    What the centre arranges answers a `wish`. An `offer` to somebody in line hands its places over; so does a hold.
    What the facility has agreed to is confirmed at once. `hours`: of a visit; `siblings`: whether they come along.
    Whoever was overtaken while the rules were judged is judged once more, and hears the reason in their own words.

    Raises:
        PermissionDenied: not her entitlement nor the centre's work; another city's offering, or one lacking its wish.
        TransitionNotAllowed, lifecycle.Overtaken: the wish, the offer or the hold is not open any more.
        NotBookable, DayFull: rules speak against it, or days lack a place; they hold the findings, or the days.
    """
    authorise(by, "facilities.request", entitlement)
    if wish:
        authorise(by, "facilities.arrange", wish)
    if offering.municipality_id != entitlement.municipality_id:
        raise PermissionDenied("facilities.request")

    booking = _unsaved(
        entitlement,
        offering,
        first_day=first_day,
        last_day=last_day,
        arrival=arrival,
        hours=hours,
        note=f"{SIBLINGS_COME}{note}" if siblings else note,
        form_token=form_token,
        wish=wish,
        requested_at=at,
    )
    attempt = partial(_attempt, booking, offering, siblings=siblings, offer=offer, by=by, at=at)
    try:
        return attempt()
    except (IntegrityError, UnitsExhausted, Overtaken):
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


class Overtaken(Exception):
    """Another tab of hers booked the same day, or a decider took the service back, since the rules were judged."""


class _NoPlace(Exception):
    """A day counter stands at its limit; what was taken so far must be rolled back."""


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


def _attempt(
    booking: Booking, offering: Offering, *, siblings: bool, offer: Offer | None, by: User, at: dt.datetime
) -> Booking:
    others = list(Booking.objects.filter(entitlement=booking.entitlement))
    sent_before = next((row for row in others if row.form_token == booking.form_token), None)
    if sent_before:
        return sent_before

    proposal = _judge(booking, replace(use_of(booking), siblings=siblings), offering, others, at)
    booking.units = dict(proposal.plan.units)
    booking.quote = quote_record(
        proposal.quote,
        household_class=proposal.household_class,
        version_id=proposal.versions.of_service(booking.service, booking.first_day).pk,
    )
    try:
        with transaction.atomic():
            hold_family(booking.entitlement)
            _change(booking, others, offer, by=by, at=at)
            if asked_uses(booking.entitlement) != proposal.asked:
                raise Overtaken
            changes = settle_prices(booking, proposal.versions, by=by, at=at)
            settle(offer, booking, by=by, at=at)
            told = "booking_confirmed" if isinstance(offer, AGREED) else "booking_requested"
            tell_mother(told, booking, at=at, deadline=proposal.deadline, changes=changes)
            announce(booking, by=by, at=at)
    except _NoPlace:
        raise DayFull(lacking(booking)) from None
    return booking


def _judge(
    booking: Booking, use: engine.Use, offering: Offering, others: Sequence[Booking], at: dt.datetime
) -> Proposal:
    standing = standing_of(booking.entitlement)
    arranged = standing.terms.service(booking.service).arranged_by is engine.ArrangedBy.CENTRE
    if arranged != (booking.wish is not None):
        raise PermissionDenied("facilities.request")
    proposal = propose(
        use,
        standing,
        offering,
        bookings=others,
        on=clock.day_of(at),
        vaccination_days=booking.wish.vaccinations if booking.wish else (),
    )
    begun = not_begun(use, proposal.terms.booking, at.astimezone(clock.TOKYO))
    if refusals := (*proposal.refusals, *begun, *unprepared(standing, booking.service)):
        raise NotBookable(refusals)
    return proposal


def _change(booking: Booking, others: Sequence[Booking], offer: Offer | None, *, by: User, at: dt.datetime) -> None:
    """Units first (which makes a mother's own tabs wait for each other), then days by date, the wish, then the row."""
    take(booking.entitlement, booking.units, booking_number=booking.number, by=by, at=at)
    if not still_granted(booking.entitlement, booking.service, on=booking.first_day):
        raise Overtaken
    if _overlapping(booking) > sum(_shares_a_day(row, booking) for row in others):
        raise Overtaken
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


def _overlapping(booking: Booking) -> int:
    return Booking.objects.filter(
        entitlement=booking.entitlement,
        status__in=HOLDS_ITS_DAYS,
        first_day__lte=booking.last_day,
        last_day__gte=booking.first_day,
    ).count()


def _shares_a_day(row: Booking, booking: Booking) -> bool:
    return row.status in HOLDS_ITS_DAYS and row.first_day <= booking.last_day and booking.first_day <= row.last_day


def _number() -> str:
    """Twelve random digits, in groups that are easy to say on the phone: 4821-7305-6614."""
    digits = f"{secrets.randbelow(10**12):012}"
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"
