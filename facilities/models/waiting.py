"""Waiting for days that are full at a facility: in the order of asking, with a time limit once there is room."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from postpartum_portal.shared import clock

from .facility import Facility, Offering


class Waiting(models.Model):
    """While it waits it takes neither units nor places; an offer holds the places until she answers or time is up.

    Who takes the offer has a booking, which takes the places over; the row then holds none.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("空きを待っています")
        OFFERED = "offered", _("空きが出ました")
        TAKEN = "taken", _("申しこみました")
        LAPSED = "lapsed", _("時間がすぎました")
        WITHDRAWN = "withdrawn", _("やめました")
        OVER = "over", _("終わりました")

    LIVE = frozenset({Status.WAITING, Status.OFFERED})
    CLOSED = frozenset({Status.TAKEN, Status.LAPSED, Status.WITHDRAWN, Status.OVER})
    HOLDS_PLACES = frozenset({Status.OFFERED})

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    entitlement = models.ForeignKey("applications.Entitlement", models.PROTECT, related_name="+")
    offering = models.ForeignKey(Offering, models.SET_NULL, null=True, related_name="+")  # null: given up since
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    service = models.CharField(max_length=30)
    place = models.CharField(max_length=30)  # those who wait for one kind of place stand in one line
    first_day = models.DateField()
    last_day = models.DateField()
    arrival = models.TimeField("到着", null=True)
    siblings = models.BooleanField("きょうだいも来る", default=False)
    note = models.CharField("施設に伝えること", max_length=200, blank=True)
    allergies = models.CharField("食べ物のアレルギー", max_length=100, blank=True)
    status = FSMField(default=Status.WAITING, choices=Status, protected=True)
    asked_at = models.DateTimeField(default=clock.now)  # the order of the line
    offered_at = models.DateTimeField(null=True)
    offered_until = models.DateTimeField(null=True)  # from this instant on the offer is over

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["facility", "asked_at"],
                name="waiting_line_of_facility",
                condition=Q(status__in=["waiting", "offered"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="waiting_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["entitlement", "offering", "first_day", "last_day"],
                condition=Q(status__in=["waiting", "offered"]),
                name="one_live_waiting_per_family_and_days",
                violation_error_message="この日の空きは、もう待っています。",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", offered_at__isnull=True, offered_until__isnull=True)
                | Q(status__in=["offered", "taken", "lapsed"], offered_until__gt=F("offered_at"))
                | Q(status__in=["withdrawn", "over"]),
                name="waiting_has_a_time_limit_once_offered",
            ),
        ]

    def __str__(self) -> str:
        return f"空き待ち{self.pk}"

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @transition(
        status,
        source=Status.WAITING,
        target=Status.OFFERED,
        permission="facilities.keep_waiting_list",
        custom={"label": "空きを知らせる"},
    )
    def offer(self) -> None:
        """There is room on all of its days; the places are held for her."""

    @transition(
        status,
        source=Status.OFFERED,
        target=Status.TAKEN,
        permission="facilities.take_waiting",
        custom={"label": "この空きに申しこむ"},
    )
    def take(self) -> None:
        """She takes it: a booking takes the places over."""

    @transition(
        status,
        source=Status.OFFERED,
        target=Status.LAPSED,
        permission="facilities.keep_waiting_list",
        custom={"label": "時間切れにする"},
    )
    def lapse(self) -> None:
        """Her time to answer is over; the places go to the next in line."""

    @transition(
        status,
        source=[Status.WAITING, Status.OFFERED],
        target=Status.WITHDRAWN,
        permission="facilities.withdraw_waiting",
        custom={"label": "待つのをやめる"},
    )
    def withdraw(self) -> None:
        """She waits no more, or declines what was offered; places that were held go to the next in line."""

    @transition(
        status,
        source=Status.WAITING,
        target=Status.OVER,
        permission="facilities.keep_waiting_list",
        custom={"label": "終わりにする"},
    )
    def close(self) -> None:
        """The day has come, or the facility does not open it: nobody can be offered it any more."""
