"""An invitation to a facility becomes a membership: by her first sign-in with that address, or by her yes."""

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from facilities.models import Facility, StaffInvitation, StaffMembership
from postpartum_portal.accounts.models import User
from postpartum_portal.accounts.services.asking import InvitationOver, say_yes, waiting
from postpartum_portal.shared import clock, events


def join(row: StaffInvitation, *, by: User, at: dt.datetime) -> StaffMembership:
    """Let `by` work at the facility. From now on her account needs a second factor.

    Raises:
        InvitationOver: it is not hers, was accepted or withdrawn, its days are over, or it came from a centre and
            somebody works there by now.
    """
    with transaction.atomic():
        Facility.objects.select_for_update(no_key=True).get(pk=row.facility_id)  # of two first ones, one is
        here = StaffMembership.objects.filter(facility=row.facility_id)
        if row.municipality_id and here.exists():
            raise InvitationOver
        say_yes(row, by=by, at=at)
        membership, new = here.get_or_create(
            user=by, facility_id=row.facility_id, defaults={"manages": row.manages, "created_at": at}
        )
        if new:
            events.record("membership.begun", membership, at=at, by_id=by.pk, invitation=row.pk)
    return membership


def invited_to_work(user: User, *, at: dt.datetime) -> QuerySet[StaffInvitation]:
    """The invitations to facilities that somebody may accept."""
    return waiting(StaffInvitation, user, at=at).select_related("facility", "municipality", "invited_by")


@receiver(user_logged_in)
def join_by_signing_in(user: User, **_kwargs: Any) -> None:
    """The code that came to that address was the yes of somebody who had not been here; others are asked."""
    at = clock.now()
    for row in invited_to_work(user, at=at).filter(joins_by_signing_in=True):
        try:
            join(row, by=user, at=at)
        except InvitationOver:  # somebody else was the first of the facility: her sign-in is not disturbed by it
            continue
