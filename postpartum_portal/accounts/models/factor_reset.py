"""Taking a colleague's second factor away, by two persons: she has lost the telephone it is on."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from .user import User

VALID_FOR = dt.timedelta(days=1)
"""So long a second person may confirm; a safeguard of the portal, no rule of anybody."""


class FactorReset(models.Model):
    """Asked for by one, confirmed by another, for a third."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user")) & (Q(confirmed_by=None) | ~Q(confirmed_by=F("user"))),
                name="second_factor_is_reset_by_others",
                violation_error_message="自分の分は、ほかの職員が頼み、確かめます。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="second_factor_is_reset_by_two_persons",
                violation_error_message="確かめるのは、頼んだ人とは別の職員です。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_reset_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"再登録の依頼{self.pk}"
