"""Who manages a facility's staff, and the end of somebody's work there."""

import datetime as dt

from django.db import transaction

from facilities.models import Facility, StaffMembership
from facilities.selectors.colleagues import others_manage
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.sessions import end_sessions
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

from .staff_inviting import MANAGE


def set_manages(membership: StaffMembership, manages: bool, *, by: User, at: dt.datetime) -> None:
    """Let a colleague manage the staff too, or no longer. Nobody changes herself, so somebody always manages.

    Raises:
        PermissionDenied: `by` does not manage the staff here.
        OwnWork: her own.
        HasLeft: she works here no more.
    """
    with transaction.atomic():
        found = _managed(membership, by=by)
        if found.manages == manages:
            return
        StaffMembership.objects.filter(pk=found.pk).update(manages=manages)
        events.record("membership.changed", found, at=at, by_id=by.pk, manages=manages, user=found.user_id)


def end_work(membership: StaffMembership, *, by: User, at: dt.datetime) -> None:
    """A colleague works here no more: all her sessions end at the next request.

    Raises:
        PermissionDenied, OwnWork, HasLeft: as `set_manages`. So whoever ends another's work stays, and manages.
    """
    with transaction.atomic():
        _end(_managed(membership, by=by), by=by, at=at)


def leave(facility: Facility, *, by: User, at: dt.datetime) -> None:
    """Her own wish. Bookings stay with the facility, so somebody must stay who answers them and manages the staff.

    Raises:
        HasLeft: she does not work here.
        LastOne: nobody would be left who manages the staff.
    """
    with transaction.atomic():
        _lock(facility.pk)
        own = StaffMembership.objects.select_related("user").filter(facility=facility, user=by).first()
        if own is None:
            raise HasLeft
        if not others_manage(by, facility):
            raise LastOne
        _end(own, by=by, at=at)


class OwnWork(Exception):
    """One's own is changed by a colleague; who wants to go leaves."""


class HasLeft(Exception):
    """The membership ended meanwhile."""


class LastOne(Exception):
    """Nobody would be left who manages the staff."""


def _managed(membership: StaffMembership, *, by: User) -> StaffMembership:
    """The row as it stands, one change at a time: two may be about to end each other's."""
    _lock(membership.facility_id)
    authorise(by, MANAGE, membership)
    if membership.user_id == by.pk:
        raise OwnWork
    found = StaffMembership.objects.select_related("user").filter(pk=membership.pk).first()
    if found is None:
        raise HasLeft
    return found


def _end(membership: StaffMembership, *, by: User, at: dt.datetime) -> None:
    events.record("membership.ended", membership, at=at, by_id=by.pk, user=membership.user_id)
    membership.delete()
    end_sessions(membership.user)


def _lock(facility_id: int) -> None:
    Facility.objects.select_for_update(no_key=True).get(pk=facility_id)
