"""What colleagues write to each other about a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class CaseNote(CitizenRow):
    """An internal note (職員メモ), for the staff of the centre alone: in no letter, on no page of hers or a facility's.

    Never edited. What was wrong is struck out with a reason and stays legible.
    """

    LIMIT = 1_000

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    text = models.TextField("職員メモ", max_length=LIMIT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    struck_reason = models.CharField("消す理由", max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_reason="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_reason="")),
                name="struck_note_says_why",
                violation_error_message="メモを消すときは、理由を書きます。",
            ),
        ]

    def __str__(self) -> str:
        return f"職員メモ{self.pk}"
