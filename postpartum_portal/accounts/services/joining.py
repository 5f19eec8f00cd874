"""An invitation becomes a membership: by her first sign-in with that address, or by her yes."""

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from postpartum_portal.accounts.models import Invitation, Membership, User
from postpartum_portal.shared import clock, events

from .inviting import InvitationOver


def accept(invitation: Invitation, *, by: User, at: dt.datetime) -> Membership:
    """Make `by` staff. From now on her account needs a second factor.

    Raises:
        InvitationOver: it is not hers, was accepted or withdrawn, or its days are over.
    """
    if invitation.user_id != by.pk:
        raise InvitationOver
    with transaction.atomic():
        if not waiting_for(by, at=at).filter(pk=invitation.pk).update(accepted_at=at):
            raise InvitationOver
        membership, new = Membership.objects.get_or_create(
            user=by, municipality_id=invitation.municipality_id, defaults={"role": invitation.role, "created_at": at}
        )
        _prepare(by, invitation)
        if new:
            events.record("membership.begun", membership, at=at, by_id=by.pk, invitation=invitation.pk)
    return membership


def waiting_for(user: User, *, at: dt.datetime) -> QuerySet[Invitation]:
    """The invitations that somebody may accept."""
    waiting = Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return waiting.select_related("municipality")


@receiver(user_logged_in)
def join_by_signing_in(user: User, **_kwargs: Any) -> None:
    """The code that came to that address was the yes of somebody who had not been here; others are asked."""
    at = clock.now()
    for invitation in waiting_for(user, at=at).filter(joins_by_signing_in=True):
        accept(invitation, by=user, at=at)


def _prepare(user: User, invitation: Invitation) -> None:
    user.second_factor_required = True
    user.display_name = user.display_name or invitation.display_name
    user.save(update_fields=["second_factor_required", "display_name"])
