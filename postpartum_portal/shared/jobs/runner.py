"""Claiming a job row, running its handler, and what happens when that fails."""

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.tenancy import tenant

from .holding import by_machine
from .registry import handler_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's claim on a job. `token` tells this claim from any later one.

    `cursor` is the last row that an earlier claim was done with, `ends` the reading of the monotonic clock after which
    a job of many rows leaves the rest to the next claim.
    """

    job_id: int
    token: int
    kind: str
    subject_id: int
    municipality_id: int | None
    cursor: int = 0
    ends: float = inf

    def hold(self) -> None:
        """Lock the job row inside the caller's transaction and make sure that the claim still stands.

        Call it first in the transaction that writes the result: whoever lost the lease writes nothing.

        Raises:
            LeaseLost: another worker has taken the job over.
        """
        row = Job.objects.select_for_update().get(pk=self.job_id)
        if row.token != self.token or row.status != Job.Status.RUNNING:
            raise LeaseLost

    def advance(self, cursor: int) -> None:
        """As `hold`, for a job that writes its result in many small transactions: it has come so far with this one."""
        self.hold()
        Job.objects.filter(pk=self.job_id).update(cursor=cursor, attempts=0, lease_until=_lease_from(clock.now()))

    def pause(self) -> bool:
        """Whether its time is over: then the sweeper finds it again, and the next claim goes on from the cursor."""
        if monotonic() < self.ends:
            return False
        Job.objects.filter(pk=self.job_id, token=self.token, status=Job.Status.RUNNING).update(
            status=Job.Status.QUEUED, run_after=clock.now(), lease_until=None
        )
        return True

    def finish(self) -> None:
        """Mark the job done, unless another worker has it, or it pauses.

        A handler may call it in the transaction of its result; the runner calls it after every handler.
        """
        Job.objects.filter(pk=self.job_id, token=self.token, status=Job.Status.RUNNING).update(
            status=Job.Status.DONE, done_at=clock.now(), lease_until=None, last_error=""
        )


class LeaseLost(Exception):
    """The lease ran out and another worker has the job; this one must write nothing."""


class GiveUp(Exception):
    """Raised by a handler whose job no other try would do: it stops at once, where staff see it with its reason."""


class WorkerDied(Exception):
    """What stands at a job that ended each worker that had it, so that none could say why."""


def run(job_id: int) -> bool:
    """Claim and run one job; False when it is not due, already claimed, or done."""
    lease = claim(job_id, now=clock.now())
    if lease is None:
        return False
    try:
        with _scope_of(lease), by_machine():
            handler_of(lease.kind)(lease)
            lease.finish()
    except LeaseLost:
        log.info("job_lease_lost", job=lease.job_id, kind=lease.kind)
    except Exception as error:
        log.warning("job_failed", job=lease.job_id, kind=lease.kind, error=type(error).__name__)
        _put_back(lease, error)
    return True


def claim(job_id: int, *, now: dt.datetime) -> Lease | None:
    """Take the job if it is due and nobody holds it: one conditional update, so two claims cannot both succeed.

    One that has killed its worker at every try is not taken again: it stops.
    """
    job = Job.objects.filter(_due(now), pk=job_id).first()
    if job is None:
        return None
    as_read = Job.objects.filter(pk=job_id, token=job.token, status=job.status)
    if job.status == Job.Status.RUNNING and _was_last_try(job):
        as_read.update(**_stopped(WorkerDied, at=now))
        return None
    taken = as_read.update(
        status=Job.Status.RUNNING,
        token=job.token + 1,
        attempts=job.attempts + 1,
        lease_until=_lease_from(now),
    )
    if not taken:
        return None
    ends = monotonic() + settings.JOB_PAUSES_AFTER_SECONDS
    return Lease(job.pk, job.token + 1, job.kind, job.subject_id, job.municipality_id, job.cursor, ends)


def due(now: dt.datetime, *, limit: int) -> list[int]:
    """Ids of jobs that are due and unclaimed, oldest first."""
    return list(Job.objects.filter(_due(now)).order_by("run_after", "pk").values_list("pk", flat=True)[:limit])


def failed_jobs(municipality_id: int | None) -> QuerySet[Job]:
    """What gave up and waits for somebody to look at it, oldest first; None: what belongs to no municipality."""
    rows = Job.objects.filter(municipality_id=municipality_id, status=Job.Status.FAILED)
    return rows.order_by("stopped_at", "pk")


def retry(job: Job, *, now: dt.datetime) -> bool:
    """Let a failed or held job start over: what the button on the staff page does. False for any other job."""
    stopped = Job.objects.filter(pk=job.pk, status__in=[Job.Status.FAILED, Job.Status.HELD])
    return bool(stopped.update(status=Job.Status.QUEUED, run_after=now, attempts=0, stopped_at=None))


def drop(job: Job, reason: Job.DropReason, *, now: dt.datetime) -> bool:
    """Let go of a failed job for good; it stays on record with the reason. False for any other job."""
    failed = Job.objects.filter(pk=job.pk, status=Job.Status.FAILED)
    return bool(failed.update(status=Job.Status.DROPPED, drop_reason=reason, stopped_at=now))


def put_off(queue: str, *, until: dt.datetime) -> None:
    """Let all that waits in a queue wait longer: what it needs is away, and no try of theirs shall be lost to that."""
    Job.objects.filter(queue=queue, status=Job.Status.QUEUED, run_after__lt=until).update(run_after=until)


def _lease_from(now: dt.datetime) -> dt.datetime:
    return now + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _due(now: dt.datetime) -> Q:
    """Queued and its time has come, or running under a lease that ran out."""
    return Q(status=Job.Status.QUEUED, run_after__lte=now) | Q(status=Job.Status.RUNNING, lease_until__lt=now)


def _scope_of(lease: Lease) -> AbstractContextManager[Any]:
    if lease.municipality_id is not None:
        return tenant(municipality=lease.municipality_id)
    everything: AbstractContextManager[Any] = scopes_disabled()
    return everything


def _put_back(lease: Lease, error: Exception) -> None:
    """Back to the queue with a growing pause; after the last try to `failed`, where staff see it with a button.

    One that was held meanwhile stays so.
    """
    now = clock.now()
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=lease.job_id)
        if job.token != lease.token or job.status != Job.Status.RUNNING:
            return
        changed = _stopped(type(error), at=now)
        if not (isinstance(error, GiveUp) or _was_last_try(job)):
            pause = dt.timedelta(seconds=_pauses(job)[job.attempts - 1])
            changed |= {"status": Job.Status.QUEUED, "run_after": now + pause, "stopped_at": None}
        Job.objects.filter(pk=job.pk).update(**changed)


def _stopped(error: type[Exception], *, at: dt.datetime) -> dict[str, Any]:
    return {
        "status": Job.Status.FAILED,
        "lease_until": None,
        "last_error": error.__name__[:200],
        "stopped_at": at,
    }


def _was_last_try(job: Job) -> bool:
    return job.attempts > len(_pauses(job))


def _pauses(job: Job) -> tuple[int, ...]:
    """Seconds between the tries of a job, by its queue."""
    pauses: Mapping[str, tuple[int, ...]] = settings.JOB_PAUSES
    return pauses.get(job.queue, pauses["default"])
