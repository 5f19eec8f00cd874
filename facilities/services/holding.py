"""A desk keeps days for somebody on the phone, gives them back, or they come back by themselves."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import IntegrityError, transaction

from facilities.models import Hold, Offering
from facilities.selectors.holds import refusals_of
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .booking import DayFull, NotBookable
from .places import give_places, lacking, take_places

EXPIRE_HOLD = "expire_hold"
CODES = 10**6
TRIES = 5
"""Codes drawn before giving up: one in a million meets another that is open at the same time."""


def hold_days(
    offering: Offering,
    *,
    first_day: dt.date,
    last_day: dt.date,
    arrival: dt.time | None,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> Hold:
    """Take a place on each of the days for `HOLD_MINUTES`, under a code to be read out. A form sent twice is one hold.

    Only rules that look at nobody are judged here; hers are when she types the code.

    Raises:
        PermissionDenied: `by` works neither at the facility nor at the association that books for it.
        NotBookable: days or hour have passed, are closed or too many, or the contract ends before; holds the findings.
        DayFull: the facility lacks a place on some day; holds the days.
    """
    hold = Hold(
        municipality=offering.municipality,
        facility=offering.facility,
        service=offering.service,
        place=offering.place if offering.facility.keeps_capacity else "",
        first_day=first_day,
        last_day=last_day,
        arrival=arrival,
        form_token=form_token,
        made_by=by,
        made_at=at,
        expires_at=at + dt.timedelta(minutes=settings.HOLD_MINUTES),
    )
    authorise(by, "facilities.hold", hold)
    if refusals := refusals_of(hold, offering, at=at):
        raise NotBookable(tuple(refusals))

    for _ in range(TRIES):
        if sent := Hold.objects.filter(facility=hold.facility, form_token=form_token).first():
            return sent
        hold.code = f"{secrets.randbelow(CODES):06}"
        try:
            return _take(hold, by=by, at=at)
        except IntegrityError:
            continue
    raise NoCodeLeft


def release_hold(hold: Hold, *, by: User, at: dt.datetime) -> Hold:
    """Give the places back before the time is over: she has decided otherwise.

    Raises:
        PermissionDenied: `by` works neither at the facility nor at the association that books for it.
        TransitionNotAllowed, Overtaken: she has typed the code already, or its time is over.
    """
    authorise(by, "facilities.hold", hold)
    with transaction.atomic():
        pass_transition(hold.release, closed_at=at)
        give_places(hold)
        events.record("hold.released", hold, at=at, by_id=by.pk)
    return hold


@jobs.handler(EXPIRE_HOLD)
def expire_hold(lease: jobs.Lease) -> None:
    """Nobody typed the code: the places of the hold `lease.subject_id` go back. Nothing if it is closed already."""
    now = clock.now()
    with transaction.atomic():
        lease.hold()
        hold = Hold.objects.select_for_update().get(pk=lease.subject_id)
        if hold.status != Hold.Status.OPEN:
            return
        pass_transition(hold.expire, closed_at=now)
        give_places(hold)
        events.record("hold.expired", hold, at=now, by_id=None)


class NoCodeLeft(Exception):
    """Every code that was drawn is in use: there must be hundreds of thousands of open holds."""


class _NoPlace(Exception):
    """A day counter stands at its limit; what was taken so far must be rolled back."""


def _take(hold: Hold, *, by: User, at: dt.datetime) -> Hold:
    """Days by date, then the row, as whoever books."""
    try:
        with transaction.atomic():
            if not take_places(hold):
                raise _NoPlace
            hold.save(force_insert=True)
            events.record("hold.made", hold, at=at, by_id=by.pk)
            jobs.enqueue(EXPIRE_HOLD, hold.pk, at=hold.expires_at, municipality_id=hold.municipality_id)
    except _NoPlace:
        raise DayFull(lacking(hold)) from None
    return hold
