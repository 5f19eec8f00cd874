"""Asking several facilities, or those who visit, at once whether they could take what a mother wishes (打診)."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from .booking import Booking
from .facility import Facility
from .wish import Wish


class Sounding(models.Model):
    """One facility, asked for one of up to three first days. It takes neither units nor places, whatever is answered.

    A yes names a day and, where that was left open or cannot be, an hour of its own. The booking that the centre makes
    of it takes both, and is confirmed at once.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("打診の返事待ち")
        ACCEPTED = "accepted", _("受けられる")
        DECLINED = "declined", _("受けられない")
        EXPIRED = "expired", _("打診の期限切れ")
        CHOSEN = "chosen", _("この施設に決定")
        CLOSED = "closed", _("ほかに決定")

    OPEN = frozenset({Status.ASKED, Status.ACCEPTED})
    ENDED = frozenset({Status.DECLINED, Status.EXPIRED, Status.CHOSEN, Status.CLOSED})
    STANDS = ("day", "hour")
    """Whoever chooses a yes has read this day and hour."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="soundings")
    wish = models.ForeignKey(Wish, models.PROTECT, related_name="soundings")
    form_token = models.CharField(max_length=60, unique=True)  # the form's and the facility's: sent twice, one row
    first_days = models.JSONField("打診する日")  # up to three ISO dates, in the order of her wish
    days = models.PositiveSmallIntegerField("日数", default=1)
    arrival = models.TimeField("はじまる時刻", null=True)  # null: the facility names one
    hours = models.DecimalField("長さ(時間)", max_digits=3, decimal_places=1, null=True)  # of a visit
    siblings = models.BooleanField("きょうだいも一緒に来る", default=False)
    allergies = models.CharField(
        "食べ物のアレルギー", max_length=100, blank=True
    )  # shown while it may become a booking
    note = models.CharField("打診する先に伝えること", max_length=200, blank=True)
    status = FSMField(default=Status.ASKED, choices=Status, protected=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer_by = models.DateTimeField("返事の期限")
    answered_at = models.DateTimeField(null=True)
    day = models.DateField("受けられる日", null=True)  # the first one
    hour = models.TimeField("受けられる時刻", null=True)
    reply = models.CharField("センターへの返事", max_length=200, blank=True)  # why not, or what goes with the yes
    booking = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["facility"], name="sounding_open", condition=Q(status__in=["asked", "accepted"]))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "facility"],
                condition=Q(status__in=["asked", "accepted"]),
                name="one_open_sounding_per_wish_and_facility",
                violation_error_message="この施設には、もう打診しています。",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "chosen"]) | Q(day__isnull=False, answered_at__isnull=False),
                name="accepted_sounding_names_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(reply=""),
                name="declined_sounding_says_why",
                violation_error_message="受けられないときは、理由が必要です。",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["asked", "accepted"], closed_at__isnull=True)
                | (~Q(status__in=["asked", "accepted"]) & Q(closed_at__isnull=False)),
                name="sounding_has_closed_unless_open",
            ),
            models.CheckConstraint(
                condition=Q(status="chosen", booking__isnull=False) | (~Q(status="chosen") & Q(booking__isnull=True)),
                name="sounding_has_its_booking_iff_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"打診{self.pk}"

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @property
    def asked_days(self) -> tuple[dt.date, ...]:
        """The first days to choose from."""
        return tuple(map(dt.date.fromisoformat, self.first_days))

    @property
    def otherwise(self) -> bool:
        """Whether the yes is for another day or hour than was asked for."""
        if self.day is None:
            return False
        return self.day not in self.asked_days or (self.arrival is not None and self.hour != self.arrival)

    @transition(
        status,
        source=[Status.ASKED, Status.ACCEPTED],
        target=Status.ACCEPTED,
        permission="facilities.answer",
        custom={"label": "受けられると答える"},
    )
    def accept(self) -> None:
        """The facility could take one of the days, or names another; it may name a better one until it is chosen."""

    @transition(
        status,
        source=[Status.ASKED, Status.ACCEPTED],
        target=Status.DECLINED,
        permission="facilities.answer",
        custom={"label": "受けられないと答える", "needs_reason": True},
    )
    def decline(self) -> None:
        """None of the days will do, or no longer."""

    @transition(
        status,
        source=[Status.ASKED, Status.ACCEPTED],
        target=Status.EXPIRED,
        permission="facilities.expire",
        custom={"label": "打診を期限切れにする"},
    )
    def expire(self) -> None:
        """Nobody has answered in time, or nobody has chosen the yes before its day; the centre sees it."""

    @transition(
        status,
        source=Status.ACCEPTED,
        target=Status.CHOSEN,
        permission="facilities.arrange",
        custom={"label": "この日で予約を決める"},
    )
    def choose(self) -> None:
        """The booking is made."""

    @transition(
        status,
        source=[Status.ASKED, Status.ACCEPTED],
        target=Status.CLOSED,
        permission="facilities.arrange",
        custom={"label": "打診を終える"},
    )
    def close(self) -> None:
        """It is not needed any more: another was chosen, or the wish is over."""
