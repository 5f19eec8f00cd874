"""What a family told after a miscarriage or a stillbirth, and what the centre made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Birth


class Loss(CitizenRow):
    """One telling. As long as it stands, the birth's outcome says so; taken back, it stays as what was once told.

    `kept` holds what has to stand again if she takes it back: texts of letters, jobs of mails, a step of a draft.
    """

    birth = models.ForeignKey(Birth, models.PROTECT, related_name="losses")
    outcome_before = models.CharField(max_length=10, choices=Birth.Outcome)
    wants_call = models.BooleanField("電話の希望")
    kept = models.JSONField(default=dict)
    told_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField("対応した日時", null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["told_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["birth"], condition=Q(taken_back_at__isnull=True), name="one_loss_stands_for_a_birth"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(taken_back_at__isnull=True),
                name="settled_loss_is_not_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_loss_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"お知らせ{self.pk}"
