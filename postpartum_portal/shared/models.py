"""Rows that belong to no room: the movable clock, the job, the mail and who wants none, the event and its seal."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from .kept import KeptRow


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
        DROPPED = "dropped", "あきらめました"

    class DropReason(models.TextChoices):
        """Why the office lets go of a job that stopped."""

        PHONED = "phoned", "電話で伝えた"
        POSTED = "posted", "郵便で送った"
        IN_PERSON = "in_person", "窓口で伝えた"
        NOT_NEEDED = "not_needed", "もう知らせる必要がない"

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
    last_error = models.CharField(max_length=200, blank=True)  # a class's name: messages quote what people typed
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)  # since when it is failed, held or dropped
    drop_reason = models.CharField(max_length=20, choices=DropReason, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_after"], condition=Q(status__in=["queued", "running"]), name="job_due"),
            models.Index(
                fields=["municipality_id", "status"],
                condition=Q(status__in=["failed", "held", "dropped"]),
                name="job_stopped",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False) | (~Q(status="done") & Q(done_at__isnull=True)),
                name="job_has_done_at_iff_done",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False), name="running_job_has_a_lease"
            ),
            models.CheckConstraint(
                condition=Q(status="dropped") & ~Q(drop_reason="") | ~Q(status="dropped") & Q(drop_reason=""),
                name="job_says_why_iff_dropped",
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
    until = models.DateTimeField(null=True)  # from then on it would say what is past: it is not sent any more
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


class Event(KeptRow):
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


class EventSeal(KeptRow):
    """So many events as they stood, in the order of their numbers: whoever changes one later contradicts its seal.

    `digest` covers the seal before and every field of the events from `first_id` to `last_id`, so that one digest kept
    elsewhere vouches for all that came before it. `prints` holds of each event its number and eight bytes of its own
    digest: they prove nothing, they only say which event it is that changed.
    """

    first_id = models.BigIntegerField(unique=True)  # the last of the seal before, and one: the chain does not fork
    last_id = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    prints = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_id__gte=F("first_id")), name="seal_ends_where_it_begins_or_later")
        ]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"


class Export(models.Model):
    """A table that left the portal as a file: which rows, in which columns, for whom and what for.

    A worker writes the file, which is deleted when `expires_at` has passed; the row stays as the record. `narrowed` is
    what was asked for (days and codes), `role` that of the person, by which columns are chosen. `unfit`: how many
    characters of it the form cannot hold; each stands in the second file.
    """

    class Form(models.TextChoices):
        XLSX = "xlsx", "Excelの表(XLSX)"
        CSV = "csv", "CSVの表(UTF-8)"
        CP932 = "cp932", "CSVの表(Shift_JIS)"

    municipality_id = models.BigIntegerField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)
    sheet = models.CharField(max_length=30)
    narrowed = models.JSONField(default=dict)
    form = models.CharField("形式", max_length=10, choices=Form)
    purpose = models.CharField("目的", max_length=100)
    asked_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(null=True)
    unfit = models.PositiveIntegerField(default=0)
    storage_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    unfit_sha256 = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager[Self]] = ScopedManager(municipality="municipality_id")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality_id", "asked_at"], name="export_by_municipality"),
            models.Index(fields=["expires_at"], name="export_to_remove", condition=Q(removed_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=""),
                name="export_says_what_for",
                violation_error_message="何に使うかを書いてください。",
            ),
            models.CheckConstraint(
                condition=Q(written_at__isnull=True, storage_name="", rows__isnull=True, expires_at__isnull=True)
                | (Q(written_at__isnull=False, rows__isnull=False, expires_at__isnull=False) & ~Q(storage_name="")),
                name="written_export_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"書き出し{self.pk}"


class Restoration(models.Model):
    """This database was brought back from a backup: what happened between the two instants is known to nobody here.

    Until `planned_at` no planner runs; from then until `released_at` they do, and the mails that they and the jobs ask
    for are held. The row stays as the record.
    """

    taken_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"復元{self.pk}"
