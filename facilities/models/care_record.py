"""What a facility or a visitor writes down of the care it gave, and what it hands over to the family's centre."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from .booking import Booking
from .facility import Facility

LONGEST = 2000


class CareRecord(models.Model):
    """One day of a use as it was written down by `version`; the last one holds, those before it were corrected.

    Only staff of its facility read it. With `handover` or `asks_call` it is handed over, and the family's centre
    reads it too: `seen_at` says since when this version is known there.
    """

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="care_records")
    day = models.DateField()
    version = models.PositiveSmallIntegerField()  # 1 for the first of a day
    mother = models.TextField("お母さんのようす", max_length=LONGEST, blank=True)
    child = models.TextField("お子さんのようす", max_length=LONGEST, blank=True)  # empty after a loss
    care = models.TextField("したケア", max_length=LONGEST, blank=True)
    checks = models.JSONField("安全の確認", default=dict)  # code of a safety check → ["10:30", "11:00"]
    handover = models.TextField("センターへの引き継ぎ", max_length=LONGEST, blank=True)
    asks_call = models.BooleanField("センターから電話してほしい", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField("センターが確かめた日時", null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["day", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "day", "version"],
                name="care_of_a_day_is_written_one_after_the_other",
                violation_error_message="ほかの人が先に書いています。",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="care_record_was_seen_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"ケアの記録{self.pk}"

    @property
    def handed_over(self) -> bool:
        return bool(self.handover) or self.asks_call
