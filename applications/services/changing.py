"""Reporting a change, and looking at it: what a family reports holds at once, and the centre sees it afterwards."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from applications.models import Birth, ChangeNotice, Entitlement, Household, HouseholdClass
from applications.selectors.changes import on_file
from applications.signals import class_changed, entitlement_changed
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, mail
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .amending import draft_amendments
from .carrying import carry, hold_under_way

Kind = ChangeNotice.Kind
ONE_DAY = dt.timedelta(days=1)


def report_change(
    household: Household,
    kind: Kind,
    after: Mapping[str, Any],
    *,
    effective_on: dt.date,
    form_token: str,
    by: User,
    at: dt.datetime,
) -> ChangeNotice:
    """Write down what has changed and let it hold: `after` by the fields of the kind, days as text.

    An application that is not decided yet says the new from now on, the notice keeps what it said before. The same form
    sent twice is one notice. Bookings stay; whoever keeps them hears `class_changed` or `entitlement_changed`.

    Raises:
        PermissionDenied: not her own household.
        NothingChanged: that is how it stands already.
        MovedAlready: a move is taken back on a day after it.
    """
    authorise(by, "applications.report_change", household)

    with transaction.atomic():
        under_way, row = hold_under_way(household), _held(household)
        if sent := ChangeNotice.objects.filter(household=row, form_token=form_token).first():
            return sent
        before = _stands(row, kind, on=effective_on)
        _refuse(before, after, on=clock.day_of(at))

        notice = ChangeNotice.objects.create(
            municipality_id=row.municipality_id,
            citizen_id=row.citizen_id,
            household=row,
            kind=kind,
            before=before,
            after=dict(after),
            effective_on=effective_on,
            reported_at=at,
            by=by,
            form_token=form_token,
        )
        _CHANGES.get(kind, _change_household)(notice, by, at)
        carry(notice, under_way)

        events.record("change.reported", notice, at=at, by_id=by.pk, kind=kind.value)
        _tell(row, notice, at=at)
    return notice


def see_change(notice: ChangeNotice, *, by: User, at: dt.datetime) -> None:
    """The centre has looked at it.

    Raises:
        PermissionDenied: her own notice, or not the work of this centre.
        TransitionNotAllowed, Overtaken: a colleague was first.
    """
    authorise(by, "applications.screen", notice)
    with transaction.atomic():
        pass_transition(notice.see)
        events.record("change.seen", notice, at=at, by_id=by.pk, kind=notice.kind)


class NothingChanged(Exception):
    """What is reported stands on file already."""


class MovedAlready(Exception):
    """A move that lies behind is not taken back: she applies anew where she lives."""


def _held(household: Household) -> Household:
    rows = Household.objects.select_for_update(of=("self",)).select_related("citizen", "municipality")
    return rows.get(pk=household.pk)


def _stands(household: Household, kind: Kind, *, on: dt.date) -> dict[str, Any]:
    """What is on file as she reports; only who has applied and signs in gets here."""
    known = on_file(household.citizen, household.municipality) if household.citizen else None
    if known is None:
        raise NothingChanged
    return known.stands(kind, on=on)


def _refuse(before: Mapping[str, Any], after: Mapping[str, Any], *, on: dt.date) -> None:
    if before == after:
        raise NothingChanged
    left = before.get("moves_out_on")
    if left and not after["moves_out_on"] and dt.date.fromisoformat(left) < on:
        raise MovedAlready


def _change_household(notice: ChangeNotice, by: User, at: dt.datetime) -> None:
    """Letters to come and bookings read the row; what was sent keeps its own text."""
    Household.objects.filter(pk=notice.household_id).update(**notice.after)


def _change_class(notice: ChangeNotice, by: User, at: dt.datetime) -> None:
    """The class that held ends on the day before. Its proofs stay: they are of the days that they were given for."""
    rows = HouseholdClass.objects.filter(household_id=notice.household_id, starts_on__lt=notice.effective_on)
    open_ones = rows.filter(Q(ends_on=None) | Q(ends_on__gte=notice.effective_on))
    open_ones.update(ends_on=notice.effective_on - ONE_DAY)
    row = HouseholdClass.objects.create(
        municipality_id=notice.municipality_id,
        citizen_id=notice.citizen_id,
        household_id=notice.household_id,
        code=notice.after["household_class"],
        starts_on=notice.effective_on,
    )
    class_changed.send(sender=HouseholdClass, row=row, by=by, at=at)


def _move(notice: ChangeNotice, by: User, at: dt.datetime) -> None:
    """The approval's letter may name a later last day: that is a decider's to put right."""
    births = Birth.objects.filter(household_id=notice.household_id)
    births.update(moves_out_on=notice.after["moves_out_on"])
    for birth in births.order_by("pk"):
        draft_amendments(birth, at=at)
    for entitlement in Entitlement.objects.filter(birth__in=births).order_by("pk"):
        entitlement_changed.send(sender=Entitlement, entitlement=entitlement, by=by, at=at)


_CHANGES: Mapping[Kind, Callable[[ChangeNotice, User, dt.datetime], None]] = {
    Kind.HOUSEHOLD_CLASS: _change_class,
    Kind.MOVING_AWAY: _move,
}


def _tell(household: Household, notice: ChangeNotice, *, at: dt.datetime) -> None:
    """No values: the mailbox is not the place for an address."""
    if household.citizen:
        mail.post(
            "change_received",
            household.citizen.email,
            key=f"change_received:{notice.pk}",
            at=at,
            municipality=household.municipality,
        )
