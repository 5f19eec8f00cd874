"""Inviting somebody to work at a centre: asking, asking again, taking it back."""

import datetime as dt

from django.db import transaction

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Invitation, Membership, User
from postpartum_portal.shared import events
from postpartum_portal.shared.lifecycle import authorise

from .asking import asked, open_invitation, renew, send, settle

MANAGE = "accounts.manage_staff"


def invite(
    municipality: Municipality, email: str, *, display_name: str, role: Membership.Role, by: User, at: dt.datetime
) -> Invitation:
    """Ask whoever reads the mails of `email` to work here, for 7 days.

    What comes back is the same whether the address had an account or not: that is nobody's business here.

    Raises:
        PermissionDenied: not a decider here.
        WorksHere: somebody with that address does already.
        InvitedAlready: there is an invitation to send again, or to withdraw.
    """
    fields = asked(email, display_name=display_name, by=by, at=at)
    invitation = Invitation(municipality=municipality, role=role, **fields)
    authorise(by, MANAGE, invitation)
    if Membership.objects.filter(municipality=municipality, user__email=invitation.email).exists():
        raise WorksHere
    with transaction.atomic():
        open_invitation(invitation)
        events.record("invitation.sent", invitation, at=at, by_id=by.pk, user=invitation.user_id, role=role)
        _tell(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Another mail, and another 7 days.

    Raises:
        PermissionDenied: not a decider here.
        InvitationOver: it was accepted or withdrawn meanwhile.
    """
    authorise(by, MANAGE, invitation)
    with transaction.atomic():
        if renew(invitation, at=at):
            events.record("invitation.sent_again", invitation, at=at, by_id=by.pk)
            _tell(invitation)


def withdraw(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """From now on its mail leads nowhere.

    Raises:
        PermissionDenied, InvitationOver: as `send_again`.
    """
    authorise(by, MANAGE, invitation)
    with transaction.atomic():
        settle(invitation, withdrawn_at=at)
        events.record("invitation.withdrawn", invitation, at=at, by_id=by.pk)


class WorksHere(Exception):
    """The address is that of a colleague."""


def _tell(invitation: Invitation) -> None:
    place = invitation.municipality
    send(invitation, place=place.name, role=invitation.get_role_display(), municipality=place)
