"""Other days for a booking: asked for by the mother, answered by the facility; the old days are hers until then."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from eligibility import engine

from .booking import Booking
from .facility import Facility


class Move(models.Model):
    """From `old_…` to `first_day`…`last_day`. Units and places that it needs beside the booking's are taken at once.

    What she gives up after the deadline counts from the instant at which she asked, once the move is accepted.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("変更の返事待ち")
        ACCEPTED = "accepted", _("変更ずみ")
        DECLINED = "declined", _("変更のお断り")
        WITHDRAWN = "withdrawn", _("変更の取り下げ")
        EXPIRED = "expired", _("変更の期限切れ")

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="moves")
    number = models.CharField("変更の番号", max_length=24, unique=True)  # the booking's, and which of its moves
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    old_first_day = models.DateField()
    old_last_day = models.DateField()
    old_arrival = models.TimeField(null=True)
    first_day = models.DateField()
    last_day = models.DateField()
    arrival = models.TimeField("到着", null=True)
    status = FSMField(default=Status.ASKED, choices=Status, protected=True)
    units = models.JSONField()  # pool code → units of the booking once it is moved
    taken = models.JSONField()  # pool code → units taken for it when it was asked for
    place = models.CharField(max_length=30, blank=True)  # the booking's, taken on the days that are added
    consequence = models.JSONField()  # of the days that are given up: units, yen, rule
    contact_at = models.DateTimeField("連絡を受けた日時")  # the instant that decides; not when it was typed
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["facility"], name="move_open", condition=Q(status="asked"))]
        constraints = [
            models.UniqueConstraint(
                fields=["booking"],
                condition=Q(status="asked"),
                name="one_open_move_per_booking",
                violation_error_message="この予約は、もう日の変更を申しこんでいます。",
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="move_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status="asked", closed_at__isnull=True) | (~Q(status="asked") & Q(closed_at__isnull=False)),
                name="move_has_closed_unless_asked",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                name="declined_move_says_why",
                violation_error_message="お断りには理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @property
    def turn(self) -> int:
        """Which of the booking's moves it is: 1 for the first."""
        return int(self.number.rpartition("-")[2])

    @property
    def added_days(self) -> tuple[dt.date, ...]:
        """The new days that the booking did not have."""
        return _days_but((self.first_day, self.last_day), (self.old_first_day, self.old_last_day))

    @property
    def dropped_days(self) -> tuple[dt.date, ...]:
        """The old days that it gives up."""
        return _days_but((self.old_first_day, self.old_last_day), (self.first_day, self.last_day))

    @transition(
        status,
        source=Status.ASKED,
        target=Status.ACCEPTED,
        permission="facilities.answer",
        custom={"label": "変更を受け入れる"},
    )
    def accept(self) -> None:
        """The booking takes place on the new days."""

    @transition(
        status,
        source=Status.ASKED,
        target=Status.DECLINED,
        permission="facilities.answer",
        custom={"label": "変更をお断りする", "needs_reason": True},
    )
    def decline(self) -> None:
        """The facility cannot take the new days; the booking stays as it was."""

    @transition(
        status,
        source=Status.ASKED,
        target=Status.WITHDRAWN,
        permission="facilities.move",
        custom={"label": "変更を取り下げる"},
    )
    def withdraw(self) -> None:
        """She does not want the new days any more, or gives up the booking."""

    @transition(
        status,
        source=Status.ASKED,
        target=Status.EXPIRED,
        permission="facilities.expire",
        custom={"label": "変更を期限切れにする"},
    )
    def expire(self) -> None:
        """Its time to be answered is over; the booking stays as it was."""


def _days_but(span: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> tuple[dt.date, ...]:
    return tuple(day for day in engine.each_day(*span) if not other[0] <= day <= other[1])
