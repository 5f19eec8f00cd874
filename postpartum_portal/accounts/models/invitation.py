"""An invitation to work somewhere, sent to a mail address; and the one to a municipality's centre, from a decider."""

import datetime as dt

from django.db import models
from django.db.models import Q

from .membership import Membership
from .user import User

VALID_FOR = dt.timedelta(days=7)
"""From the last mail on; a safeguard of the portal, no rule of anybody."""


class InvitationRow(models.Model):
    """Open until it is accepted, withdrawn or has expired. What becomes of it stands in its row.

    Where to, and as what, the app that knows the place adds in its own model.
    """

    email = models.EmailField("メールアドレス")
    display_name = models.CharField("名前", max_length=60)
    # The account of that address. One made for the invitation, or never signed in to, joins by its first sign-in.
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    joins_by_signing_in = models.BooleanField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="%(class)s_is_not_accepted_and_withdrawn"
            )
        ]

    def __str__(self) -> str:
        return f"招待{self.pk}"


class Invitation(InvitationRow):
    """To a municipality's centre."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    role = models.CharField("役割", max_length=10, choices=Membership.Role)

    class Meta(InvitationRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            ),
            *InvitationRow.Meta.constraints,
        ]
