"""Waiting for days that are full, and giving it up."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from applications.public import Entitlement, standing_of
from eligibility import engine
from eligibility.engine.booking_days import not_begun
from facilities.models import DayCapacity, Offering, Waiting
from facilities.selectors.notices import too_late_at
from facilities.selectors.waiting_chance import refusals_in_line
from facilities.selectors.waiting_list import may_wait_at, use_waited_for
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .booking import NotBookable
from .places import give_places
from .waiting_line import call_line, owed_to_line


def wait_for(
    entitlement: Entitlement,
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    siblings: bool,
    note: str,
    allergies: str = "",
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Waiting:
    """Stand in line for days that are full. Takes no units and no places; the same days asked twice are one row.

    Raises:
        PermissionDenied: not her entitlement, another city's offering, or one for which nobody waits here.
        NotBookable: a rule speaks against the days; holds the findings.
        NotFull: there is room after all, or the facility does not open one of the days.
    """
    authorise(by, "facilities.wait", entitlement)
    standing = standing_of(entitlement)
    if offering.municipality_id != entitlement.municipality_id or not may_wait_at(offering, standing.terms):
        raise PermissionDenied("facilities.wait")

    days = {"first_day": first_day, "last_day": last_day, "arrival": arrival}
    told = {"siblings": siblings, "note": note, "allergies": allergies}
    waiting = _unsaved(entitlement, offering, **days, **told, form_token=form_token, citizen=by, asked_at=at)
    begun = not_begun(use_waited_for(waiting), standing.terms.booking, at.astimezone(clock.TOKYO))
    late = too_late_at(offering, at)(use_waited_for(waiting))
    if refusals := (*refusals_in_line(waiting, standing, offering)(clock.day_of(at)), *begun, *late):
        raise NotBookable(refusals)

    with transaction.atomic():
        room = _room(waiting)
        if already := _already(waiting):
            return already
        line = (waiting.facility_id, waiting.place, first_day, last_day)
        if room and not owed_to_line(*line):
            raise NotFull
        waiting.save(force_insert=True)
        events.record("waiting.asked", waiting, at=at, by_id=by.pk)
        if room:  # the line is being asked this moment, perhaps without her
            call_line(*line)
    return waiting


def withdraw_waiting(waiting: Waiting, *, by: User, at: dt.datetime) -> Waiting:
    """She waits no more, or declines what she was offered: then its places go to the next in line.

    Raises:
        PermissionDenied: not her own.
        TransitionNotAllowed, Overtaken: it is closed already, or was offered to her this moment.
    """
    authorise(by, "facilities.withdraw_waiting", waiting)
    with transaction.atomic():
        leave_line(waiting, by=by, at=at)
    return waiting


def leave_line(waiting: Waiting, *, by: User, at: dt.datetime) -> None:
    """Close a place in line and give back what was offered. Part of the caller's transaction."""
    declines = waiting.status in Waiting.HOLDS_PLACES
    pass_transition(waiting.withdraw)
    if declines:
        give_places(waiting)
    events.record("waiting.withdrawn", waiting, at=at, by_id=by.pk, declined=declines)


class NotFull(Exception):
    """Nobody waits for days that can be booked, nor for days that the facility has not opened."""


def _unsaved(entitlement: Entitlement, offering: Offering, **asked: Any) -> Waiting:
    return Waiting(
        municipality=entitlement.municipality,
        entitlement=entitlement,
        facility=offering.facility,
        offering=offering,
        service=offering.service,
        place=offering.place,
        **asked,
    )


def _room(waiting: Waiting) -> bool:
    """Whether every day has a place left.

    Locks the counters in the order of days: whoever gives places back waits here, and then sees her in the line.

    Raises:
        NotFull: a day is not open.
    """
    rows = DayCapacity.objects.filter(
        facility_id=waiting.facility_id, place=waiting.place, day__range=(waiting.first_day, waiting.last_day)
    )
    days = {row.day: row.left for row in rows.order_by("day").select_for_update() if row.limit}
    if days.keys() != set(engine.each_day(waiting.first_day, waiting.last_day)):
        raise NotFull
    return all(days.values())


def _already(waiting: Waiting) -> Waiting | None:
    """What the same family waits for already. Two forms of hers wait for each other at the counters."""
    same = Waiting.objects.filter(
        entitlement=waiting.entitlement_id,
        offering=waiting.offering_id,
        first_day=waiting.first_day,
        last_day=waiting.last_day,
    )
    sent = Waiting.objects.filter(entitlement=waiting.entitlement_id, form_token=waiting.form_token)
    return sent.first() or same.filter(status__in=Waiting.LIVE).first()
