"""One use of the programme, from the request to the day itself."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from postpartum_portal.shared import clock

from .facility import Facility
from .wish import Wish


class Booking(models.Model):
    """A request for a use takes units and places at once; declined, expired and in-time cancelled give both back."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("施設の返事待ち")
        SUGGESTED = "suggested", _("ほかの日を提案中")
        CONFIRMED = "confirmed", _("確定")
        ATTENDED = "attended", _("利用ずみ")
        NO_SHOW = "no_show", _("来所なし")
        CANCELLED_IN_TIME = "cancelled_in_time", _("取り消し")
        CANCELLED_LATE = "cancelled_late", _("期限後の取り消し")
        DECLINED = "declined", _("お断り")
        EXPIRED = "expired", _("期限切れ")

    class ContactWhy(models.TextChoices):
        """Why the instant of a contact was put right: a code, which the log may keep."""

        TYPED = "typed", _("入力をまちがえました。")
        TOLD_BEFORE = "told_before", _("ほかの職員や窓口が、先に連絡を受けていました。")
        LOOKED_UP = "looked_up", _("着信や留守番電話の記録で確かめました。")

    LIVE = frozenset({Status.REQUESTED, Status.SUGGESTED, Status.CONFIRMED})
    COUNTED = frozenset({Status.ATTENDED, Status.NO_SHOW, Status.CANCELLED_LATE})
    GIVEN_BACK = frozenset({Status.CANCELLED_IN_TIME, Status.DECLINED, Status.EXPIRED})
    UNANSWERED = frozenset({Status.REQUESTED, Status.SUGGESTED})
    """Nobody has agreed to its days yet: it is taken back, or moved, free at any time."""
    MOVABLE = LIVE - {Status.SUGGESTED}
    HOLDS_PLACES = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ATTENDED, Status.NO_SHOW})
    """While other days are suggested, these are held in place of its own."""
    STANDS = ("first_day", "last_day")
    """A transition is for the days that were read: what it gives back, or costs, hangs on them."""

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="bookings")
    entitlement = models.ForeignKey("applications.Entitlement", models.PROTECT, related_name="bookings")
    number = models.CharField("予約番号", max_length=20, unique=True)
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    wish = models.ForeignKey(Wish, models.PROTECT, null=True, related_name="bookings")  # of what the centre arranged
    service = models.CharField(max_length=30)
    place = models.CharField(max_length=30, blank=True)  # empty: no day counters were moved
    first_day = models.DateField()
    last_day = models.DateField()
    arrival = models.TimeField("到着", null=True)
    hours = models.DecimalField("長さ(時間)", max_digits=3, decimal_places=1, null=True)  # agreed, of a visit
    note = models.CharField("施設に伝えること", max_length=200, blank=True)
    allergies = models.CharField(
        "食べ物のアレルギー", max_length=100, blank=True
    )  # health: for the facility's eyes only
    siblings = models.BooleanField("きょうだいも来る", default=False)
    status = FSMField(default=Status.REQUESTED, choices=Status, protected=True)
    units = models.JSONField()  # pool code → units taken
    quote = models.JSONField()  # lines and total as shown when it was asked for
    requested_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=200, blank=True)
    contact_at = models.DateTimeField("連絡を受けた日時", null=True)  # of a cancellation; not when it was typed
    closed_at = models.DateTimeField(null=True)
    consequence = models.JSONField(default=dict)  # of a cancellation or no-show: units, yen, rule
    attended_at = models.DateTimeField(null=True)
    unwell_at = models.DateTimeField("体調の連絡を受けた日時", null=True)  # that she told, never what she has

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [
            models.Index(fields=["facility", "first_day"], name="booking_by_facility_day"),
            models.Index(fields=["entitlement", "first_day"], name="booking_by_entitlement"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="booking_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0), name="booking_hours_are_some_or_unknown"
            ),
            models.UniqueConstraint(
                fields=["wish"],
                condition=~Q(status__in=["declined", "expired"]),
                name="one_booking_at_a_time_answers_a_wish",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""),
                name="declined_booking_says_why",
                violation_error_message="お断りには理由が必要です。",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["cancelled_in_time", "cancelled_late"]) | Q(contact_at__isnull=False),
                name="cancelled_booking_has_the_contact_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @transition(
        status,
        source=Status.REQUESTED,
        target=Status.CONFIRMED,
        permission="facilities.answer",
        custom={"label": "受け入れる"},
    )
    def confirm(self) -> None:
        """The facility takes the request."""

    @transition(
        status,
        source=Status.REQUESTED,
        target=Status.SUGGESTED,
        permission="facilities.answer",
        custom={"label": "ほかの日を提案する", "needs_reason": True},
    )
    def suggest(self) -> None:
        """The facility cannot take these days and holds others for her; units stay taken."""

    @transition(
        status,
        source=Status.SUGGESTED,
        target=Status.CONFIRMED,
        permission="facilities.request",
        custom={"label": "この日にする"},
    )
    def take_suggestion(self) -> None:
        """She takes one of the days suggested, to which the facility has agreed."""

    @transition(
        status,
        source=Status.SUGGESTED,
        target=Status.DECLINED,
        permission="facilities.request",
        custom={"label": "どの日も使わない"},
    )
    def refuse_suggestions(self) -> None:
        """None of the days suits her; units and places go back."""

    @transition(
        status,
        source=Status.SUGGESTED,
        target=Status.DECLINED,
        permission="facilities.expire",
        custom={"label": "提案の期限切れにする"},
    )
    def lapse(self) -> None:
        """Her time to choose is over; units and places go back."""

    @transition(
        status,
        source=[Status.REQUESTED, Status.SUGGESTED],
        target=Status.DECLINED,
        permission="facilities.answer",
        custom={"label": "お断りする", "needs_reason": True},
    )
    def decline(self) -> None:
        """The facility cannot take the request; units and places go back."""

    @transition(
        status,
        source=Status.REQUESTED,
        target=Status.EXPIRED,
        permission="facilities.expire",
        custom={"label": "期限切れにする"},
    )
    def expire(self) -> None:
        """Its time to be answered is over; units and places go back."""

    @transition(
        status,
        source=[Status.REQUESTED, Status.SUGGESTED, Status.CONFIRMED],
        target=Status.CANCELLED_IN_TIME,
        permission="facilities.cancel",
        custom={"label": "取り消す"},
    )
    def cancel_in_time(self) -> None:
        """Units and places go back."""

    @transition(
        status,
        source=[Status.REQUESTED, Status.CONFIRMED],
        target=Status.CANCELLED_LATE,
        permission="facilities.cancel",
        custom={"label": "期限を過ぎて取り消す"},
    )
    def cancel_late(self) -> None:
        """Places go back; units as the programme says."""

    @transition(
        status,
        source=Status.CONFIRMED,
        target=Status.ATTENDED,
        permission="facilities.attend",
        custom={"label": "到着した"},
    )
    def attend(self) -> None:
        """She came."""

    @transition(
        status,
        source=Status.CONFIRMED,
        target=Status.NO_SHOW,
        permission="facilities.attend",
        custom={"label": "来ていない"},
    )
    def mark_no_show(self) -> None:
        """She did not come; the programme says what that costs."""

    @transition(
        status,
        source=[Status.CANCELLED_IN_TIME, Status.CANCELLED_LATE, Status.NO_SHOW],
        target=Status.CANCELLED_IN_TIME,
        permission="facilities.cancel",
        custom={"label": "連絡の日時を直す", "needs_reason": True},
    )
    def correct_to_in_time(self) -> None:
        """She had told in time; the instant was written down wrong, or not at all."""

    @transition(
        status,
        source=[Status.CANCELLED_IN_TIME, Status.CANCELLED_LATE, Status.NO_SHOW],
        target=Status.CANCELLED_LATE,
        permission="facilities.cancel",
        custom={"label": "連絡の日時を直す(期限後)", "needs_reason": True},
    )
    def correct_to_late(self) -> None:
        """She had told after the deadline; the instant was written down wrong, or not at all."""

    @transition(
        status,
        source=[Status.ATTENDED, Status.NO_SHOW],
        target=Status.CONFIRMED,
        permission="facilities.attend",
        custom={"label": "記録を取り消す"},
    )
    def undo_record(self) -> None:
        """What was recorded of the day was wrong; she is expected again."""
