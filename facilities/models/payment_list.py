"""支払一覧: what a municipality pays its facilities at a time, frozen once it is made."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from postpartum_portal.shared import wareki

from .facility import Facility
from .month_report import MonthReport

ISSUE_PAYMENT_LIST = "issue_payment_list"
"""The kind of job that renders a list; its subject is the list's id."""


class PaymentList(models.Model):
    """Accepted months that are paid together, made by a decider; paid on a day, or given up with a reason.

    A number is never used again. `total` in whole yen is the sum of its entries.
    """

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("番号")
    total = models.IntegerField("合計")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.CharField(max_length=120, blank=True)  # empty until a worker has made it
    sha256 = models.CharField(max_length=64, blank=True)
    paid_on = models.DateField("支払った日", null=True)
    paid_at = models.DateTimeField(null=True)  # when that was recorded
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("取りやめた理由", max_length=200, blank=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year", "number"], name="one_payment_list_per_number_and_year"
            ),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, paid_at__isnull=True, paid_by__isnull=True)
                | Q(paid_on__isnull=False, paid_at__isnull=False, paid_by__isnull=False, voided_at__isnull=True),
                name="paid_list_says_when_and_by_whom",
                violation_error_message="支払った日が必要です。取りやめた一覧は支払えません。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="voided_list_says_who_and_why",
                violation_error_message="取りやめる理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"支払一覧{self.pk}"

    @property
    def label(self) -> str:
        """令和7年度 第3号"""
        return f"{wareki.era_year(dt.date(self.fiscal_year, 4, 1))}度 第{self.number}号"

    @property
    def open(self) -> bool:
        """Neither paid nor given up."""
        return self.paid_at is None and self.voided_at is None


class PaymentEntry(models.Model):
    """One month of one facility on a list: to whom and how much, as it stood when the list was made."""

    payment_list = models.ForeignKey(PaymentList, models.PROTECT, related_name="entries")
    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="+")
    report = models.ForeignKey(MonthReport, models.PROTECT, related_name="payment_entries")
    order = models.PositiveSmallIntegerField()
    payee = models.CharField("支払先", max_length=80)  # the legal name, or the facility's own where none is known
    account = models.CharField("振込先", max_length=200, blank=True)  # as the claim names it
    amount = models.IntegerField("金額")
    voided = models.BooleanField(default=False)  # with its list

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id", facility="facility_id")

    class Meta:
        ordering = ["payment_list", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(voided=False),
                name="month_report_is_on_one_payment_list",
                violation_error_message="この月は、もう支払一覧に入っています。",
            ),
            models.UniqueConstraint(fields=["payment_list", "order"], name="one_payment_entry_per_line"),
        ]

    def __str__(self) -> str:
        return f"支払{self.pk}"
