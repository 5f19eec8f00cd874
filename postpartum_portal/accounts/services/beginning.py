"""The first decider of a municipality, whom nobody there can invite: the operator lets her in, at her office's word."""

import datetime as dt

from django.db import transaction

from eligibility.public import Municipality
from postpartum_portal.accounts.models import Membership, User
from postpartum_portal.accounts.opening import account_for
from postpartum_portal.shared import events


def begin_centre(municipality: Municipality, email: str, *, display_name: str, at: dt.datetime) -> Membership:
    """Make the account of `email` decider here. Her first sign-in, by a mailed code, makes her set up a second factor.

    Raises:
        HasDecider: somebody decides here, and invites the others; an operator lets nobody in beside them.
    """
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=municipality.pk)  # two operators, one first decider
        deciders = Membership.objects.filter(municipality=municipality, role=Membership.Role.DECIDER)
        if deciders.filter(user__is_active=True).exists():  # one whom the operator blocked invites nobody
            raise HasDecider
        user = User.objects.select_for_update().get(pk=account_for(email).pk)
        user.second_factor_required = True
        user.display_name = user.display_name or display_name
        user.save(update_fields=["second_factor_required", "display_name"])
        membership, _ = Membership.objects.update_or_create(
            user=user,
            municipality=municipality,
            defaults={"role": Membership.Role.DECIDER},
            create_defaults={"role": Membership.Role.DECIDER, "created_at": at},
        )
        events.record("membership.begun", membership, at=at, by_id=None, user=user.pk)
    return membership


class HasDecider(Exception):
    """Somebody decides there already."""
