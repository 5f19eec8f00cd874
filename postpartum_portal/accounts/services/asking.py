"""What every invitation goes through, wherever it leads: one open per address and place, seven days, one yes."""

import datetime as dt
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.models.invitation import VALID_FOR, InvitationRow
from postpartum_portal.accounts.opening import account_for
from postpartum_portal.shared import mail, wareki
from postpartum_portal.shared.once import SENT_AGAIN

Row = TypeVar("Row", bound=InvitationRow)


def asked(email: str, *, display_name: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """The fields that all invitations share; its account is found by `open_invitation`."""
    return {
        "email": email.lower(),
        "display_name": display_name,
        "invited_by": by,
        "invited_at": at,
        "sent_at": at,
        "expires_at": at + VALID_FOR,
    }


def open_invitation(row: InvitationRow) -> None:
    """Save it with the account of its address, made where there is none: nobody here learns which it was.

    Raises:
        InvitedAlready: there is an invitation to send again, or to withdraw.
    """
    row.user = account_for(row.email)
    row.joins_by_signing_in = row.user.last_login is None
    try:
        with transaction.atomic():  # whether it is the only open one is for the database to say: two may invite at once
            row.save()
    except IntegrityError:
        raise InvitedAlready from None


def renew(row: InvitationRow, *, at: dt.datetime) -> bool:
    """Seven days more. False if that was just asked for: the form came twice. Raises `InvitationOver` as `settle`."""
    row.refresh_from_db()
    if row.invited_at < row.sent_at and at - row.sent_at < SENT_AGAIN:
        return False
    settle(row, sent_at=at, expires_at=at + VALID_FOR)
    row.refresh_from_db()
    return True


def settle(row: InvitationRow, **changes: dt.datetime) -> None:
    """Change an invitation that nobody has answered.

    Raises:
        InvitationOver: it was accepted or withdrawn meanwhile.
    """
    still_open = type(row)._default_manager.filter(pk=row.pk, accepted_at=None, withdrawn_at=None)
    if not still_open.update(**changes):
        raise InvitationOver


def send(row: InvitationRow, *, place: str, role: str, sender: str = "", municipality: Any = None) -> None:
    """The mail with the way to say yes.

    `sender`: where the one who invites works, if not at `place`; `municipality`: whose staff see one that fails.
    """
    kind = row._meta.model_name
    mail.post(
        "staff_invited",
        row.email,
        key=f"staff_invited:{kind}:{row.pk}:{row.sent_at.isoformat()}",
        at=row.sent_at,
        until=row.expires_at,
        municipality=municipality,
        invitation=row,
        place=place,
        role=role,
        sender=sender or place,
        until_words=wareki.moment(row.expires_at),
    )


def waiting(model: type[Row], user: User, *, at: dt.datetime) -> QuerySet[Row]:
    """The invitations that somebody may accept."""
    rows: QuerySet[Row] = model._default_manager.all()
    return rows.filter(user=user, accepted_at=None, withdrawn_at=None, expires_at__gt=at)


def say_yes(row: InvitationRow, *, by: User, at: dt.datetime) -> None:
    """It is accepted, once; from now on her account needs a second factor. Part of the caller's transaction.

    Raises:
        InvitationOver: it is not hers, was accepted or withdrawn, or its days are over.
    """
    if not waiting(type(row), by, at=at).filter(pk=row.pk).update(accepted_at=at):
        raise InvitationOver
    by.second_factor_required = True
    by.display_name = by.display_name or row.display_name
    by.save(update_fields=["second_factor_required", "display_name"])


class InvitedAlready(Exception):
    """The address has an invitation that is neither accepted nor withdrawn."""


class InvitationOver(Exception):
    """It was accepted or withdrawn, or its days are over."""
