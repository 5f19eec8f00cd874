"""Rows that belong to no room: the movable clock, the job, the mail and who does not want it, the event."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q


class ClockOffset(models.Model):
    """How far the portal's clock is ahead of the system's. One row, and only under demo and test settings."""

    THE_ROW = 1
    ahead_by = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="clock_offset_is_one_row")]

    def __str__(self) -> str:
        return str(self.ahead_by)


class Job(models.Model):
    """A letter to render, a mail to send, a reminder: written in the transaction that asks for it.

    Celery only wakes a worker; whatever is due and unclaimed is found by the sweeper. A claim carries a lease and a
    fencing token, so that a worker that comes back from the dead cannot finish what another one took over.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "待っています"
        RUNNING = "running", "処理しています"
        DONE = "done", "すみました"
        FAILED = "failed", "止まっています"
        HELD = "held", "保留しています"

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    queue = models.CharField(max_length=20, default="default")
    municipality_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    run_after = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    token = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)  # how far a job of many rows has come: the key of the last
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_after"], condition=Q(status__in=["queued", "running"]), name="job_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False) | (~Q(status="done") & Q(done_at__isnull=True)),
                name="job_has_done_at_iff_done",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False), name="running_job_has_a_lease"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Mail(models.Model):
    """One mail, complete, before anybody tries to send it. Holds no health data and a link to sign in."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class UnwantedMail(models.Model):
    """A group of mails (`mail_kinds.Group`) that a person has switched off. Without a row, the mails go out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unwanted_mails")
    group = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="mail_group_is_switched_off_once")]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.group}"


class Event(models.Model):
    """Who did or saw what, on which row, when and why: transition log, audit trail and read log at once.

    Append-only. Ids and codes, never names, addresses or health data; rows it points to may be purged, it stays.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    municipality_id = models.BigIntegerField(null=True)
    facility_id = models.BigIntegerField(null=True)
    citizen_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="event_by_subject"),
            models.Index(fields=["citizen_id", "at"], name="event_by_citizen"),
            models.Index(fields=["actor_id", "at"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind}:{self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class AppendOnly(Exception):
    """An event, once written, is neither changed nor removed."""
