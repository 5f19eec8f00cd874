"""What the centre put right in an application after a mother said so, on the phone or at the counter."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow

from .application import Application


class Rectification(CitizenRow):
    """One edit by staff (訂正) with its reason, and each thing as it stood before and after.

    `changes` holds `{"before": …, "after": …}` by the name of the field, days as text.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="rectifications")
    changes = models.JSONField()
    reason = models.CharField("訂正の理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="rectification_says_why",
                violation_error_message="訂正するときは、理由を書きます。",
            ),
        ]

    def __str__(self) -> str:
        return f"訂正{self.pk}"
