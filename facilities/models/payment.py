"""Money that a facility, or a visitor, received from a family. Nothing is deleted; a mistake is voided."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from .booking import Booking
from .facility import Facility


class Payment(models.Model):
    """One line of a receipt (領収書). Lines received together share its number and are voided together.

    `amount` in whole yen. The number is the booking's, and which of its receipts: 4821-7305-6614-R1.
    """

    class Kind(models.TextChoices):
        USE = "use", "利用料"
        EXTRA = "extra", "品目"
        CANCEL_FEE = "cancel_fee", "取り消しの料金"

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="payments")
    citizen = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField("品目", max_length=40)
    amount = models.PositiveIntegerField("円")
    paid_at = models.DateTimeField("受け取った日時")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    receipt = models.CharField("領収書の番号", max_length=24)
    line = models.PositiveSmallIntegerField(default=1)  # which of the receipt's
    form_token = models.CharField(max_length=40)  # submitting twice makes one receipt
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("取り消しの理由", max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(
        municipality="municipality_id", citizen="citizen_id", facility="facility_id"
    )

    class Meta:
        ordering = ["paid_at", "pk"]
        indexes = [models.Index(fields=["facility", "paid_at"], name="payment_by_facility_day")]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "line"], name="one_payment_per_line_of_a_receipt"),
            models.UniqueConstraint(fields=["form_token", "line"], name="one_receipt_per_form"),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_is_some_yen",
                violation_error_message="1円から入力してください。",
            ),
            models.CheckConstraint(condition=~Q(label=""), name="payment_says_what_for"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="voided_payment_says_who_and_why",
                violation_error_message="取り消しには理由が必要です。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt}/{self.line}"

    @property
    def voided(self) -> bool:
        return self.voided_at is not None
