"""What staff decided of a cancellation or a no-show for which the programme publishes no rule."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from .booking import Booking
from .facility import Facility


class OutcomeDecision(models.Model):
    """A row for each time it was said: the last one holds, those before it were corrected.

    `fee` in whole yen: 0 where nothing is owed, NULL as long as it is open. `by_facility`: whether the facility's
    staff or the centre's decider said so.
    """

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()  # 1 for the first of a booking
    counts = models.BooleanField("使ったことにする")
    fee = models.PositiveIntegerField("お金", null=True)
    reason = models.CharField("理由", max_length=200)  # she reads it as it stands
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_facility = models.BooleanField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="outcome_is_decided_one_after_the_other"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="outcome_decision_says_why",
                violation_error_message="理由を書いてください。お母さんに伝えます。",
            ),
        ]

    def __str__(self) -> str:
        return f"取り消しの扱い{self.pk}"
