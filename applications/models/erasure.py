"""消去: what was taken out of the records because its time was over, or because a mother asked for it."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager


class Erasure(models.Model):
    """One record of one subject: the mark, the files that are still to be deleted, and in the end the trace of it.

    The rows are emptied in the transaction that writes the mark, so nobody meets a row whose file is gone; a crash
    leaves `files`, which the next run deletes. Of a mother's own demand one decider asks and another person confirms;
    nobody asks for what is over by time. Ids, codes and days only, but for the office's `reason`.
    """

    class Subject(models.TextChoices):
        HOUSEHOLD = "household", "世帯"
        MONTH = "month", "施設の月の請求"
        ACCOUNT = "account", "アカウント"

    municipality = models.ForeignKey("eligibility.Municipality", models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    record = models.CharField(max_length=12, blank=True)  # engine.Record; empty: a person's demand
    closed_on = models.DateField("終わった日", null=True)
    kept_until = models.DateField("保存した最後の日", null=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    files = models.JSONField(default=list)  # storage names that are still to be deleted
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "subject_kind", "subject_id"], name="erasure_by_subject"),
            models.Index(
                fields=["municipality"], name="erasure_unfinished", condition=Q(done_at=None, withdrawn_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "subject_kind", "subject_id", "record"],
                condition=Q(done_at=None, withdrawn_at=None),
                name="one_unfinished_erasure_per_record",
                violation_error_message="消去は、もう頼まれています。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="two_people_erase_a_person",
                violation_error_message="頼んだ人とは別の職員が確かめます。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_erasure_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(reason=""),
                name="asked_erasure_says_why",
                violation_error_message="理由を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return f"消去{self.pk}"
