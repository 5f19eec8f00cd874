"""Letters that left the house, and the gapless series their numbers come from."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.kept import KeptRow, kept_within
from postpartum_portal.shared.tenancy import CitizenRow

from .household import Household

ISSUE_LETTER = "issue_letter"
"""The kind of job that renders a letter; its subject is the letter's id."""


class NumberSeries(KeptRow):
    """The last number given in a municipality's fiscal year and series; taken by conditional update, not max()."""

    may_change = frozenset({"last", "closed_at"})

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)  # by a restore: nobody knows here which numbers left the house since

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "fiscal_year", "series"], name="one_series_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}/{self.series}: {self.last}"


class Letter(KeptRow, CitizenRow):
    """One letter with one number. The row is the register: a spoiled letter is voided and stays in it.

    `subject_kind` and `subject_id` name the row it is about; bookings and wishes live in an app above, so this is not a
    foreign key. `snapshot` holds everything printed: a re-render gives the same text.
    """

    class Kind(models.TextChoices):
        APPROVAL = "approval", "利用承認決定通知書"
        REFUSAL = "refusal", "利用不承認決定通知書"
        AVAILABILITY = "availability", "利用の可否通知書"
        AMENDMENT = "amendment", "利用承認変更決定通知書"
        REVOCATION = "revocation", "利用承認取消通知書"
        REDUCTION = "reduction", "減免決定通知書"
        NO_REDUCTION = "no_reduction", "減免却下通知書"
        COUPONS = "coupons", "利用券"
        LOST = "lost", "復元で失われた番号"

    class Status(models.TextChoices):
        QUEUED = "queued", "作成中"
        ISSUED = "issued", "発行ずみ"
        VOID = "void", "無効"

    class Subject(models.TextChoices):
        APPLICATION = "application", "申請"
        ENTITLEMENT = "entitlement", "利用枠"
        BOOKING = "booking", "予約"
        AMENDMENT = "amendment", "承認の変更"
        CLASS = "class", "料金の区分"
        DOCUMENT = "document", "証明書"
        WISH = "wish", "日程の希望"
        NUMBER = "number", "番号だけ"

    class Delivery(models.TextChoices):
        POST = "post", "郵送(届いた日を確かめた)"
        ASSUMED = "assumed", "郵送(届いたとみなす日)"
        COUNTER = "counter", "窓口で渡した"

    # All but the number and what it was given for.
    may_change = frozenset(
        {"citizen", "household", "status", "snapshot", "storage_name", "sha256", "issued_at", "first_read_at"}
        | {"posted_on", "delivered_on", "delivery", "void_reason", "voided_at", "voided_by", "erased_at"}
    )

    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="letters")  # whom it is sent to
    kind = models.CharField(max_length=20, choices=Kind)
    subject_kind = models.CharField(max_length=12, choices=Subject)
    subject_id = models.BigIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    label = models.CharField("文書番号", max_length=80)
    title = models.CharField("表題", max_length=80, blank=True)  # as the programme calls it; blank on early letters
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    snapshot = models.JSONField()
    storage_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    issued_at = models.DateTimeField(null=True)
    first_read_at = models.DateTimeField(null=True)  # on screen by the mother: the appeal clock may start here
    posted_on = models.DateField("郵送した日", null=True)
    delivered_on = models.DateField("届いた日", null=True)  # on paper: the appeal clock may start here
    delivery = models.CharField(max_length=10, choices=Delivery, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField("消去した日時", null=True)  # text and file; the number stays in the register
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")  # a voided one

    objects: ClassVar[models.Manager[Self]] = kept_within(municipality="municipality_id", citizen="citizen_id")

    class Meta:
        ordering = ["fiscal_year", "series", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "series", "number"], name="letter_number_is_given_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_kind", "subject_id"],
                condition=~Q(status="void"),
                name="one_live_letter_per_subject_and_kind",
            ),
            models.CheckConstraint(
                condition=~Q(status="issued")
                | Q(erased_at__isnull=False)
                | (~Q(storage_name="") & ~Q(sha256="") & Q(issued_at__isnull=False)),
                name="issued_letter_has_its_file",
            ),
            models.CheckConstraint(condition=~Q(status="void") | ~Q(void_reason=""), name="voided_letter_says_why"),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True, delivery="") | (Q(delivered_on__isnull=False) & ~Q(delivery="")),
                name="delivered_letter_says_how",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True)
                | Q(delivered_on__isnull=True)
                | Q(delivered_on__gte=F("posted_on")),
                name="letter_arrives_after_it_is_posted",
                violation_error_message="届いた日は、郵送した日より前にはなりません。",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "posted_on"], condition=Q(status="issued"), name="letter_by_posting"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """What lists call it."""
        return self.title or self.get_kind_display()

    @property
    def known_on(self) -> dt.date | None:
        """The day on which she knows the decision: she opened it on screen first, or the paper reached her."""
        days = [clock.day_of(self.first_read_at)] if self.first_read_at else []
        return min([*days, self.delivered_on] if self.delivered_on else days, default=None)

    @property
    def way_known(self) -> str:
        """How she came to know it, on `known_on`."""
        return self.get_delivery_display() if self.known_on == self.delivered_on else "画面で読んだ"
