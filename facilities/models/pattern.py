"""How many places of a kind a facility has week by week, and how many of them its maternity ward comes first for."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from .facility import Facility


class Pattern(models.Model):
    """毎週のきまり of one kind of place. It sets nothing itself: applying it to days does."""

    HOLIDAY = 7
    """After the weekdays from Monday (0) to Sunday (6)."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="patterns")
    place = models.CharField(max_length=30)
    # Eight numbers, Monday to Sunday and public holidays; null: such days are left alone, a holiday is its weekday.
    numbers = models.JSONField(default=list)
    ward_places = models.PositiveSmallIntegerField("産科のために取っておく数", default=0)
    ward_days = models.PositiveSmallIntegerField("何日前まで", default=0)
    months_ahead = models.PositiveSmallIntegerField("何か月先まで入れておくか", default=0)  # 0: only when asked
    filled_until = models.DateField(null=True)  # what the planner has looked at already

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "place"], name="one_pattern_per_facility_and_place"),
            models.CheckConstraint(
                condition=Q(ward_places=0) | Q(ward_days__gt=0), name="ward_comes_first_until_some_day"
            ),
        ]

    def __str__(self) -> str:
        return f"毎週のきまり{self.pk}"
