"""Units are counted here: one entitlement per municipality and birth, pools with counters, a ledger that explains.

The counters decide (a check constraint holds them), the ledger says why they stand where they stand.
"""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.kept import KeptRow, kept_within
from postpartum_portal.shared.tenancy import CitizenRow

from .amendment import Amendment
from .decision import Decision
from .household import Birth


class Entitlement(CitizenRow):
    """What a family may use for one birth. Approvals, coupons and paper entries grant into it."""

    birth = models.OneToOneField(Birth, models.PROTECT, related_name="entitlement")
    programme_version = models.ForeignKey("eligibility.ProgrammeVersion", models.PROTECT, related_name="+")
    reductions_used = models.JSONField(default=dict)
    # code of a reduction for the first so many uses → uses of it before anything was counted here; see CarriedOver
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"利用枠{self.pk}"


class Grant(CitizenRow):
    """One act that gave units: a decision, its change, a coupon issue without one, or a paper entry."""

    class Origin(models.TextChoices):
        DECISION = "decision", "決定"
        COUPON = "coupon", "利用券"
        PAPER = "paper", "紙からの引き継ぎ"
        AMENDMENT = "amendment", "変更"

    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="grants")
    origin = models.CharField(max_length=10, choices=Origin)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="grant")
    amendment = models.OneToOneField(Amendment, models.PROTECT, null=True, related_name="grant")
    services = models.JSONField()
    limits = models.JSONField(null=True)  # pool code → units it gave; null on early rows
    ends_on = models.DateField(null=True)  # from that day on it gives nothing: replaced by a change, or revoked
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="decision", decision__isnull=False)
                | (~Q(origin="decision") & Q(decision__isnull=True)),
                name="grant_has_a_decision_iff_it_comes_from_one",
            ),
            models.CheckConstraint(
                condition=Q(origin="amendment", amendment__isnull=False)
                | (~Q(origin="amendment") & Q(amendment__isnull=True)),
                name="grant_has_an_amendment_iff_it_comes_from_one",
            ),
        ]

    def __str__(self) -> str:
        return f"付与{self.pk}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether what it gives may be used on a day."""
        return self.ends_on is None or day < self.ends_on


class Pool(CitizenRow):
    """Units of one kind: `limit` granted, `used` booked or counted."""

    entitlement = models.ForeignKey(Entitlement, models.CASCADE, related_name="pools")
    code = models.CharField(max_length=30)
    limit = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["entitlement", "code"], name="one_pool_per_entitlement_and_code"),
            models.CheckConstraint(
                condition=Q(used__gte=0) & Q(used__lte=F("limit")),
                name="pool_is_never_overdrawn",
                violation_error_message="のこりを超えています。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.used}/{self.limit}"

    @property
    def left(self) -> int:
        return self.limit - self.used


class LedgerEntry(KeptRow, CitizenRow):
    """One move of a pool's counter. `units` is added to `used` (take, count: positive; give back: negative)."""

    class Move(models.TextChoices):
        TAKE = "take", "予約"
        GIVE_BACK = "give_back", "戻り"
        OPENING = "opening", "引き継ぎ"

    may_change = frozenset({"citizen"})  # who applied on paper may come to have an account

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="ledger")
    move = models.CharField(max_length=10, choices=Move)
    units = models.SmallIntegerField()
    booking_number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # a code, such as cancelled_in_time
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager[Self]] = kept_within(municipality="municipality_id", citizen="citizen_id")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["booking_number"], name="ledger_by_booking")]

    def __str__(self) -> str:
        return f"{self.move} {self.units:+d}"
