"""Days that a facility keeps for somebody: on the phone, until six digits are typed, or in place of those she asked."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMField, transition
from django_scopes import ScopedManager

from postpartum_portal.shared import clock

from .booking import Booking
from .facility import Facility


class Hold(models.Model):
    """Takes its places at once and no units. With a code, whose days they will be is not known before that is typed in;
    without one, they are suggested for a booking whose own days the facility cannot take.
    """

    class Status(models.TextChoices):
        OPEN = "open", "コードを待っています"
        ENTERED = "entered", "予約になりました"
        EXPIRED = "expired", "期限切れ"
        RELEASED = "released", "取りやめ"

    HOLDS_PLACES = frozenset({Status.OPEN})

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="holds")
    service = models.CharField(max_length=30)
    place = models.CharField(max_length=30, blank=True)  # empty: no day counters were moved
    first_day = models.DateField()
    last_day = models.DateField()
    arrival = models.TimeField("到着", null=True)
    code = models.CharField("予約コード", max_length=6, blank=True)  # six digits, said on the phone
    suggested_for = models.ForeignKey(Booking, models.PROTECT, null=True, related_name="suggestions")
    form_token = models.CharField(max_length=40, unique=True)  # submitting twice makes one row
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    status = FSMField(default=Status.OPEN, choices=Status, protected=True)
    closed_at = models.DateTimeField(null=True)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="held_before")

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["expires_at"], name="hold_open_until", condition=Q(status="open"))]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="hold_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True) | (~Q(status="open") & Q(closed_at__isnull=False)),
                name="hold_has_closed_unless_open",
            ),
            models.CheckConstraint(
                condition=Q(status="entered", booking__isnull=False) | (~Q(status="entered") & Q(booking__isnull=True)),
                name="hold_has_a_booking_iff_entered",
            ),
            models.CheckConstraint(
                condition=Q(code="", suggested_for__isnull=False) | (~Q(code="") & Q(suggested_for__isnull=True)),
                name="hold_has_a_code_unless_suggested",
            ),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                condition=Q(status="open") & ~Q(code=""),
                name="one_open_hold_per_code",
            ),
        ]

    def __str__(self) -> str:
        return f"仮予約{self.pk}"

    @property
    def status_label(self) -> str:
        return self.Status(self.status).label

    @property
    def spoken(self) -> str:
        """123-456: in two halves, as it is said."""
        return f"{self.code[:3]}-{self.code[3:]}"

    @transition(
        status,
        source=Status.OPEN,
        target=Status.ENTERED,
        permission="facilities.request",
        custom={"label": "この内容で予約する"},
    )
    def enter(self) -> None:
        """The mother typed the code: a booking of hers takes the places over."""

    @transition(
        status,
        source=Status.OPEN,
        target=Status.EXPIRED,
        permission="facilities.expire",
        custom={"label": "期限切れにする"},
    )
    def expire(self) -> None:
        """Nobody typed the code in time; places go back."""

    @transition(
        status,
        source=Status.OPEN,
        target=Status.RELEASED,
        permission="facilities.hold",
        custom={"label": "取りやめる"},
    )
    def release(self) -> None:
        """The facility gives the places back itself."""
