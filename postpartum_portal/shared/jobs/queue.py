"""Writing a job row, and waking a worker when it is committed."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from postpartum_portal.shared.models import Job
from postpartum_portal.shared.once import insert_once

from .holding import held_from


def enqueue(
    kind: str,
    subject_id: int,
    *,
    at: dt.datetime,
    queue: str = "default",
    municipality_id: int | None = None,
    key: str | None = None,
) -> Job:
    """Ask for `kind` on `subject_id` at the portal's time `at`. Asking twice under one key makes one row.

    The row is part of the caller's transaction; the wake-up call goes out after the commit, and its failure is
    nobody's problem but the sweeper's.
    """
    job = Job(
        key=key or f"{kind}:{subject_id}",
        kind=kind,
        subject_id=subject_id,
        queue=queue,
        municipality_id=municipality_id,
        run_after=at,
        created_at=at,
        **held_from(at, queue),
    )
    if not insert_once(job):
        return Job.objects.get(key=job.key)
    wake = import_string(settings.JOBS_WAKE)
    # Not a partial: Django names the hook when it fails, and a partial has no name.
    transaction.on_commit(lambda: wake(job.pk, queue), robust=True)
    return job
