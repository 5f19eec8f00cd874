"""An invitation becomes a membership: by her first sign-in with that address, or by her yes."""

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from postpartum_portal.accounts.models import Invitation, Membership, User
from postpartum_portal.shared import clock, events

from .asking import say_yes, waiting


def accept(invitation: Invitation, *, by: User, at: dt.datetime) -> Membership:
    """Make `by` staff. From now on her account needs a second factor.

    Raises:
        InvitationOver: it is not hers, was accepted or withdrawn, or its days are over.
    """
    with transaction.atomic():
        say_yes(invitation, by=by, at=at)
        membership, new = Membership.objects.get_or_create(
            user=by, municipality_id=invitation.municipality_id, defaults={"role": invitation.role, "created_at": at}
        )
        if new:
            events.record("membership.begun", membership, at=at, by_id=by.pk, invitation=invitation.pk)
    return membership


def waiting_for(user: User, *, at: dt.datetime) -> QuerySet[Invitation]:
    """The invitations that somebody may accept."""
    return waiting(Invitation, user, at=at).select_related("municipality")


@receiver(user_logged_in)
def join_by_signing_in(user: User, **_kwargs: Any) -> None:
    """The code that came to that address was the yes of somebody who had not been here; others are asked."""
    at = clock.now()
    for invitation in waiting_for(user, at=at).filter(joins_by_signing_in=True):
        accept(invitation, by=user, at=at)
