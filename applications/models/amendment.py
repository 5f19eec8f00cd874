"""A change of an approval: drafted by itself where the record no longer gives what was printed, or a decider's will."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .decision import Decision


class Amendment(CitizenRow):
    """One change of an approval. What it would say is read from the record as long as it waits.

    `stands`: the approval's text as it holds from this letter on (a snapshot), which the next change is compared with.
    A decider's own change is issued when it is made; it has a `reason`, and in `granted` what is given from then on.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="amendments")
    drafted_at = models.DateTimeField(default=clock.now)
    issued_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stands = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    # as `Decision.granted`, and "children": for how many of them these limits are; null where the record has changed it
    granted = models.JSONField(null=True)

    class Meta:
        ordering = ["drafted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(issued_at__isnull=True), name="one_amendment_waits_for_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, by__isnull=True, stands__isnull=True)
                | Q(issued_at__isnull=False, by__isnull=False, stands__isnull=False),
                name="issued_amendment_says_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | (Q(issued_at__isnull=False) & ~Q(reason="")),
                name="amendment_by_will_has_its_reason",
                violation_error_message="変更には理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"変更{self.pk}"
