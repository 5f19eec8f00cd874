"""The visit before the visits (事前訪問): who comes agrees with her on days, hours and what is to be done."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from .facility import Facility
from .wish import Wish


class Preparation(models.Model):
    """An appointment for one wish. It is no use of the programme: it takes no units and no places and costs nothing."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("事前訪問の予定")
        DONE = "done", _("事前訪問ずみ")
        CANCELLED = "cancelled", _("事前訪問の取りやめ")

    STANDS = ("day", "arrival")

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="preparations")
    entitlement = models.ForeignKey("applications.Entitlement", models.PROTECT, related_name="+")
    wish = models.ForeignKey(Wish, models.PROTECT, related_name="preparations")
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    service = models.CharField(max_length=30)
    day = models.DateField("訪問する日")
    arrival = models.TimeField("はじまる時刻")
    status = FSMField(default=Status.PLANNED, choices=Status, protected=True)
    agreed = models.CharField("決めたこと", max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    contact_at = models.DateTimeField("連絡を受けた日時", null=True)  # of the last move, or of giving it up
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["day", "arrival", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish"],
                condition=Q(status="planned"),
                name="one_planned_preparation_per_wish",
                violation_error_message="事前訪問の予定が、もうあります。",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | ~Q(agreed=""),
                name="done_preparation_says_what_was_agreed",
                violation_error_message="決めたことを書いてください。",
            ),
            models.CheckConstraint(
                condition=Q(status="planned", closed_at__isnull=True)
                | (~Q(status="planned") & Q(closed_at__isnull=False)),
                name="preparation_has_closed_unless_planned",
            ),
        ]

    def __str__(self) -> str:
        return f"事前訪問{self.pk}"

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @transition(
        status,
        source=Status.PLANNED,
        target=Status.DONE,
        permission="facilities.prepare",
        custom={"label": "事前訪問がすんだ"},
    )
    def finish(self) -> None:
        """They have agreed on the visits."""

    @transition(
        status,
        source=Status.PLANNED,
        target=Status.CANCELLED,
        permission="facilities.prepare",
        custom={"label": "事前訪問を取りやめる"},
    )
    def cancel(self) -> None:
        """It will not take place; another may be planned."""
