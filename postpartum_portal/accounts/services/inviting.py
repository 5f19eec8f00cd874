"""Inviting somebody to work at a centre: asking, asking again, taking it back."""

import datetime as dt

from django.db import IntegrityError, transaction

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Invitation, Membership, User
from postpartum_portal.accounts.models.invitation import VALID_FOR
from postpartum_portal.accounts.opening import account_for
from postpartum_portal.shared import events, mail, wareki
from postpartum_portal.shared.lifecycle import authorise

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
    invitation = Invitation(
        municipality=municipality,
        email=email.lower(),
        display_name=display_name,
        role=role,
        invited_by=by,
        invited_at=at,
        sent_at=at,
        expires_at=at + VALID_FOR,
    )
    authorise(by, MANAGE, invitation)
    if Membership.objects.filter(municipality=municipality, user__email=invitation.email).exists():
        raise WorksHere
    with transaction.atomic():
        invitation.user = account_for(invitation.email)
        invitation.joins_by_signing_in = invitation.user.last_login is None
        _insert(invitation)
        events.record("invitation.sent", invitation, at=at, by_id=by.pk, user=invitation.user_id, role=role)
        _tell(invitation)
    return invitation


def send_again(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Another mail, and another 7 days.

    Raises:
        PermissionDenied: not a decider here.
        InvitationOver: it was accepted or withdrawn meanwhile.
    """
    with transaction.atomic():
        _settle(invitation, "invitation.sent_again", by=by, at=at, sent_at=at, expires_at=at + VALID_FOR)
        invitation.refresh_from_db()
        _tell(invitation)


def withdraw(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """From now on its mail leads nowhere.

    Raises:
        PermissionDenied, InvitationOver: as `send_again`.
    """
    _settle(invitation, "invitation.withdrawn", by=by, at=at, withdrawn_at=at)


class WorksHere(Exception):
    """The address is that of a colleague."""


class InvitedAlready(Exception):
    """The address has an invitation that is neither accepted nor withdrawn."""


class InvitationOver(Exception):
    """It was accepted or withdrawn, or its days are over."""


def _insert(invitation: Invitation) -> None:
    """Whether it is the only open one is for the database to say: two may invite at once."""
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise InvitedAlready from None


def _settle(invitation: Invitation, verb: str, *, by: User, at: dt.datetime, **changes: dt.datetime) -> None:
    authorise(by, MANAGE, invitation)
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    with transaction.atomic():
        if not still_open.update(**changes):
            raise InvitationOver
        events.record(verb, invitation, at=at, by_id=by.pk)


def _tell(invitation: Invitation) -> None:
    mail.post(
        "staff_invited",
        invitation.email,
        key=f"staff_invited:{invitation.pk}:{invitation.sent_at.isoformat()}",
        at=invitation.sent_at,
        until=invitation.expires_at,
        municipality=invitation.municipality,
        invitation=invitation,
        until_words=wareki.moment(invitation.expires_at),
    )
