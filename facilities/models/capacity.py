"""Places per facility, day and kind of place: counters held by a constraint. One source for several municipalities."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from .facility import Facility


class DayCapacity(models.Model):
    """How many places of a kind a facility has on a day, and how many are taken."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="days")
    day = models.DateField()
    place = models.CharField(max_length=30)
    limit = models.PositiveSmallIntegerField("組数")
    used = models.PositiveSmallIntegerField(default=0)
    from_pattern = models.BooleanField(default=False)  # the weekly pattern wrote the limit, and nobody since
    last_minute = models.BooleanField("直前でも受ける", default=False)  # its facility's notice does not hold

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        ordering = ["day", "place"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "place", "day"], name="one_counter_per_facility_place_and_day"),
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(used__lte=F("limit")),
                name="day_is_never_overbooked",
                violation_error_message="この日は満室です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.place} {self.used}/{self.limit}"

    @property
    def left(self) -> int:
        return self.limit - self.used
