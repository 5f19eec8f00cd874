"""An invitation to work at a facility: from whoever manages its staff, or from a centre that has a contract with it."""

from django.db import models
from django.db.models import Q

from postpartum_portal.accounts.models.invitation import InvitationRow

from .facility import Facility


class StaffInvitation(InvitationRow):
    """`municipality`: whose centre invites; null where a colleague does. Read behind an access rule, as memberships."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="invitations")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, null=True, related_name="+")
    manages = models.BooleanField("管理者", default=False)

    class Meta(InvitationRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address_and_facility",
            ),
            *InvitationRow.Meta.constraints,
        ]
