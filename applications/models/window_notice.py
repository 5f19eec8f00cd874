"""A wish to be told by mail on the day from which one may apply."""

from django.db import models
from django.db.models import Q

from postpartum_portal.shared.tenancy import CitizenRow


class WindowNotice(CitizenRow):
    """Asked for once in each municipality, and gone with the application that it is for.

    `tell_on` follows from `due_date` by the rules of the day on which she asked; the planner looks again on that day.
    """

    due_date = models.DateField("出産予定日")
    tell_on = models.DateField("知らせる日")
    asked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "citizen"], name="window_notice_is_asked_for_once"),
        ]
        indexes = [
            models.Index(fields=["tell_on"], name="window_notice_to_tell", condition=Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"お知らせの希望{self.pk}"
