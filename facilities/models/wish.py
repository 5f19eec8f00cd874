"""When a visit or a stay that the centre arranges would suit her: what she says before there is a booking."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import CitizenRow


class Wish(CitizenRow):
    """A wish takes neither units nor places. The booking that the centre makes of it does, and it is one at a time."""

    class Status(models.TextChoices):
        OPEN = "open", _("日程の調整中")
        ARRANGED = "arranged", _("日程を決めた")
        WITHDRAWN = "withdrawn", _("取り下げ")
        NOT_POSSIBLE = "not_possible", _("利用できない")

    class Caller(models.TextChoices):
        HERSELF = "herself", _("本人")
        FAMILY = "family", _("家族")
        OTHER = "other", _("そのほかの人")

    entitlement = models.ForeignKey("applications.Entitlement", models.PROTECT, related_name="wishes")
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    service = models.CharField(max_length=30)
    words = models.CharField("都合のよい日時", max_length=200, blank=True)
    first_days = models.JSONField(default=list)  # up to three ISO dates, the dearest first
    days = models.PositiveSmallIntegerField("日数", default=1)
    note = models.CharField("センターに伝えること", max_length=200, blank=True)
    siblings = models.BooleanField("きょうだいも一緒に来る", default=False)
    allergies = models.CharField(
        "食べ物のアレルギー", max_length=100, blank=True
    )  # for the facility, once there is one
    vaccination_days = models.JSONField("予防接種の日", default=list)  # ISO dates
    status = FSMField(default=Status.OPEN, choices=Status, protected=True)
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField("利用できない理由", max_length=300, blank=True)  # told to her
    # Of what the centre was told by phone, at `made_at`: who called, who took it down, and when.
    caller = models.CharField("電話した人", max_length=10, choices=Caller, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["municipality", "made_at"], name="wish_open", condition=Q(status="open"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True) | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="wish_has_closed_unless_open",
            ),
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(first_days=[]),
                name="wish_says_when",
                violation_error_message="都合のよい日か、曜日や時間帯を書いてください。",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_possible") | ~Q(reason=""),
                name="impossible_wish_says_why",
                violation_error_message="利用できない理由を書いてください。",
            ),
            models.CheckConstraint(
                condition=Q(caller="", taken_by__isnull=True, taken_at__isnull=True)
                | (~Q(caller="") & Q(taken_by__isnull=False, taken_at__isnull=False)),
                name="phoned_wish_says_who_took_it",
            ),
        ]

    def __str__(self) -> str:
        return f"希望{self.pk}"

    @property
    def status_label(self) -> str:
        return str(self.Status(self.status).label)

    @property
    def wished_days(self) -> tuple[dt.date, ...]:
        """The days on which she would like it to begin, the dearest first; empty where she only wrote words."""
        return tuple(map(dt.date.fromisoformat, self.first_days))

    @property
    def vaccinations(self) -> tuple[dt.date, ...]:
        """The days of vaccination that she declared."""
        return tuple(map(dt.date.fromisoformat, self.vaccination_days))

    @transition(
        status,
        source=Status.OPEN,
        target=Status.ARRANGED,
        permission="facilities.arrange",
        custom={"label": "この日程で予約を依頼する"},
    )
    def arrange(self) -> None:
        """The centre has asked a facility, a midwife or a supporter for days."""

    @transition(
        status,
        source=Status.ARRANGED,
        target=Status.OPEN,
        permission="facilities.reopen_wish",
        custom={"label": "調整にもどす"},
    )
    def reopen(self) -> None:
        """What the centre asked for was declined or never answered: it proposes something else."""

    @transition(
        status,
        source=Status.OPEN,
        target=Status.WITHDRAWN,
        permission="facilities.withdraw_wish",
        custom={"label": "希望を取り下げる"},
    )
    def withdraw(self) -> None:
        """She does not wish it any more."""

    @transition(
        status,
        source=Status.OPEN,
        target=Status.NOT_POSSIBLE,
        permission="facilities.arrange",
        custom={"label": "利用できないと知らせる", "needs_reason": True},
    )
    def turn_down(self) -> None:
        """No facility can take her, or a rule stands against it; she is told why, and may wish again."""
