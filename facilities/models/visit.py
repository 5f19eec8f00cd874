"""Where and when somebody visits: a facility's own rule, which it may go beyond itself and nobody else can."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from .facility import Facility


class VisitPlan(models.Model):
    """What a facility has said of its visits, in all municipalities alike. No row: nothing, and nothing is judged."""

    facility = models.OneToOneField(Facility, models.PROTECT, related_name="visit_plan")
    areas = models.JSONField("訪問する地域", default=list)  # as typed: 小平市, 喜平町; empty: wherever it is asked to
    week = models.JSONField("訪問する時間", default=list)  # Monday first: of each day the spans, as ["09:00", "12:00"]
    at_once = models.PositiveSmallIntegerField("同時に訪問できる数", default=1)  # people who visit
    travel_minutes = models.PositiveSmallIntegerField("移動の時間", default=0)  # kept free between two visits
    # How long a visit is taken to be where the programme publishes no length.
    visit_minutes = models.PositiveSmallIntegerField("1回の長さ", default=60)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(at_once__gt=0), name="visit_plan_has_somebody_to_visit"),
            models.CheckConstraint(condition=Q(visit_minutes__gt=0), name="visit_plan_visits_last_some_time"),
        ]

    def __str__(self) -> str:
        return f"訪問{self.facility_id}"

    def spans_on(self, day: dt.date) -> tuple[tuple[dt.time, dt.time], ...]:
        """From when until when visits are made on the weekday of `day`; none where none are."""
        return self.spans_of(day.weekday())

    def spans_of(self, weekday: int) -> tuple[tuple[dt.time, dt.time], ...]:
        """The same of a weekday; Monday is 0."""
        spans = self.week[weekday] if self.week else ()
        return tuple((dt.time.fromisoformat(begins), dt.time.fromisoformat(ends)) for begins, ends in spans)


class VisitBreak(models.Model):
    """Days on which nobody is visited, whatever their weekday. Why is nobody's business."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="visit_breaks")
    first_day = models.DateField("はじめの日")
    last_day = models.DateField("最後の日")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="visit_break_ends_after_it_starts",
                violation_error_message="最後の日は、はじめの日より後にしてください。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day}〜{self.last_day}"
