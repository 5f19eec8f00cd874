"""Inviting somebody to work at a facility: by whoever manages its staff, and the very first one by a centre."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from eligibility.public import Municipality
from facilities.models import Contract, Facility, StaffInvitation, StaffMembership
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.asking import asked, open_invitation, renew, send, settle
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

MANAGE, FIRST = "facilities.manage_staff", "facilities.invite_first"
ROLES = {True: "管理者", False: "職員"}


def invite_colleague(
    facility: Facility, email: str, *, display_name: str, manages: bool, by: User, at: dt.datetime
) -> StaffInvitation:
    """Ask whoever reads the mails of `email` to work here, for 7 days; the same is said whether it had an account.

    Raises:
        PermissionDenied: `by` does not manage the staff here.
        WorksHere: somebody with that address does already.
        InvitedAlready: there is an invitation to send again, or to withdraw.
    """
    fields = asked(email, display_name=display_name, by=by, at=at)
    row = StaffInvitation(facility=facility, manages=manages, **fields)
    authorise(by, MANAGE, row)
    if StaffMembership.objects.filter(facility=facility, user__email=row.email).exists():
        raise WorksHere
    return _send_first(row, by=by, at=at)


def invite_first(
    facility: Facility, email: str, *, display_name: str, municipality: Municipality, by: User, at: dt.datetime
) -> StaffInvitation:
    """A centre asks the one who will manage a facility's staff, as long as nobody works there.

    Afterwards no centre lets anybody in: the facility's bookings are other municipalities' too.

    Raises:
        PermissionDenied: `by` does not decide at a centre that has a contract with it.
        HasStaff: somebody works there, and invites the others.
        InvitedAlready: as `invite_colleague`.
    """
    fields = asked(email, display_name=display_name, by=by, at=at)
    row = StaffInvitation(facility=facility, municipality=municipality, manages=True, **fields)
    authorise(by, FIRST, row)
    if not Contract.objects.filter(facility=facility, municipality=municipality).exists():
        raise PermissionDenied
    if StaffMembership.objects.filter(facility=facility).exists():
        raise HasStaff
    return _send_first(row, by=by, at=at)


def send_again(row: StaffInvitation, *, by: User, at: dt.datetime) -> None:
    """Another mail, and another 7 days.

    Raises:
        PermissionDenied: neither who manages the staff nor, of one from a centre, a decider there.
        InvitationOver: it was accepted or withdrawn meanwhile.
    """
    authorise(by, _permission(row), row)
    with transaction.atomic():
        if renew(row, at=at):
            events.record("invitation.sent_again", row, at=at, by_id=by.pk)
            _tell(row)


def withdraw(row: StaffInvitation, *, by: User, at: dt.datetime) -> None:
    """From now on its mail leads nowhere.

    Raises:
        PermissionDenied, InvitationOver: as `send_again`.
    """
    authorise(by, _permission(row), row)
    with transaction.atomic():
        settle(row, withdrawn_at=at)
        events.record("invitation.withdrawn", row, at=at, by_id=by.pk)


class WorksHere(Exception):
    """The address is that of a colleague."""


class HasStaff(Exception):
    """Somebody works at the facility: whom it employs is its own matter."""


def _permission(row: StaffInvitation) -> str:
    return FIRST if row.municipality_id else MANAGE


def _send_first(row: StaffInvitation, *, by: User, at: dt.datetime) -> StaffInvitation:
    with transaction.atomic():
        open_invitation(row)
        events.record("invitation.sent", row, at=at, by_id=by.pk, user=row.user_id, manages=row.manages)
        _tell(row)
    return row


def _tell(row: StaffInvitation) -> None:
    place = row.municipality
    sender = place.name if place else row.facility.name
    send(row, place=row.facility.name, role=ROLES[row.manages], sender=sender, municipality=place)
