"""The end of an approval by a decision of its own (利用承認取消): an adverse disposition, with reason and appeal."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .decision import Decision


class Revocation(CitizenRow):
    """One per approval, and never taken back: what is to hold afterwards is a new application's decision.

    From `effective_on` on nothing may be used by it; what was used before stays used.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="revocation")
    reason = models.TextField()
    effective_on = models.DateField()
    revoked_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="revocation_has_its_reason",
                violation_error_message="取消には理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"取消{self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether the approval gives nothing (any more) on a day."""
        return day >= self.effective_on
