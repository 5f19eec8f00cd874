"""Places that a facility takes out of use itself: for its maternity ward, for a closing, or for another reason."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from postpartum_portal.shared import clock

from .facility import Facility


class Block(models.Model):
    """One decision of a facility about one kind of place; its days take the places. Parents never see why."""

    class Why(models.TextChoices):
        WARD = "ward", "産科で使う"
        CLOSED = "closed", "休業"
        OTHER = "other", "その他"

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="blocks")
    place = models.CharField(max_length=30)
    first_day = models.DateField()
    last_day = models.DateField()
    why = models.CharField("理由", max_length=6, choices=Why)
    note = models.CharField("メモ", max_length=60, blank=True)  # for colleagues
    # Null: the pattern was applied by the planner.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    form_token = models.CharField(max_length=40, null=True)  # null: no form was sent

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["facility", "last_day"], name="block_by_facility_and_end")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="block_ends_after_it_starts"),
            models.UniqueConstraint(fields=["facility", "form_token", "place"], name="one_block_per_form_and_place"),
        ]

    def __str__(self) -> str:
        return f"使わない枠{self.pk}"

    @property
    def why_label(self) -> str:
        return str(self.Why(self.why).label)


class BlockedDay(models.Model):
    """How many places a block takes on one day, on the same counter as bookings do, until it is released.

    A `whole` one holds all that nobody has booked: it grows and shrinks with the number of places of its day.
    """

    block = models.ForeignKey(Block, models.PROTECT, related_name="days")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    place = models.CharField(max_length=30)
    day = models.DateField()
    places = models.PositiveSmallIntegerField("組数")
    whole = models.BooleanField(default=False)
    release_on = models.DateField("空ける日", null=True)  # released by itself when this day begins
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(facility="facility_id")

    class Meta:
        ordering = ["day", "pk"]
        indexes = [
            models.Index(
                fields=["facility", "place", "day"], name="blocked_now", condition=Q(released_at__isnull=True)
            ),
            models.Index(
                fields=["release_on"],
                name="blocked_until",
                condition=Q(released_at__isnull=True, release_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["block", "day"], name="one_row_per_block_and_day"),
            models.CheckConstraint(
                condition=Q(places__gt=0) | Q(whole=True), name="blocked_day_takes_places_or_whatever_there_is"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=False) | Q(released_by__isnull=True),
                name="blocked_day_names_who_released_it_only_then",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.place} {self.places}"
