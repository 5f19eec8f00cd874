"""A facility does not ask for a fee that a cancellation or a no-show costs."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from .booking import Booking
from .facility import Facility


class FeeWaiver(models.Model):
    """What is still owed is no longer asked for; what was received stays. Taken back, it is owed again."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="fee_waivers")
    reason = models.CharField("理由", max_length=200)  # she reads it as it stands
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(undone_at=None), name="one_standing_waiver_per_booking"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="fee_waiver_says_why",
                violation_error_message="理由を書いてください。お母さんに伝えます。",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_waiver_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"免除{self.pk}"
