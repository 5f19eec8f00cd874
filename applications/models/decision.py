"""What was decided, on which facts, under which version of the programme."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class Decision(CitizenRow):
    """One per application. Keeps the facts and findings as they were, so that it can be read and defended later."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "承認"
        REFUSED = "refused", "不承認"

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")  # stays attributable
    outcome = models.CharField(max_length=10, choices=Outcome)
    programme_version = models.ForeignKey("eligibility.ProgrammeVersion", models.PROTECT, related_name="+")
    facts = models.JSONField()
    findings = models.JSONField()
    # {"services": [...], "limits": {pool: units}, "class_code": "...", "extension_reason": "..."}; empty on refusal
    granted = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["municipality", "decided_on"], name="decision_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approved") | (Q(outcome="refused") & ~Q(reason="")),
                name="refusal_has_its_reason",
                violation_error_message="不承認には理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"決定{self.pk}"
