"""Starting over what a worker gave up: a letter, a mail, a reckoning; one job or all of a municipality."""

import datetime as dt

from django.db import transaction

from applications.models import ISSUE_LETTER, Letter
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.jobs.runner import failed_jobs, retry
from postpartum_portal.shared.lifecycle import authorise


def retry_job(job_id: int, municipality: Municipality, *, by: User, at: dt.datetime) -> bool:
    """Put one of this municipality's failed jobs back into the queue; False where there is none.

    One that is held says what is no longer true: False. A letter keeps its number.

    Raises:
        PermissionDenied: not this centre's work.
    """
    job = failed_jobs(municipality.pk).filter(pk=job_id).first()
    if job is None:
        return False
    authorise(by, "applications.restart_work", job)

    letter = Letter.objects.filter(pk=job.subject_id).first() if job.kind == ISSUE_LETTER else None
    with transaction.atomic():
        if not retry(job, now=at):
            return False
        if letter:
            events.record("letter.retried", letter, at=at, by_id=by.pk, job=job.pk)
        else:
            events.record("job.retried", job, at=at, by_id=by.pk)
    return True


def retry_all(municipality: Municipality, *, by: User, at: dt.datetime) -> int:
    """Likewise all of them; answers how many. What fails again stops again."""
    failed = failed_jobs(municipality.pk).values_list("pk", flat=True)
    return sum(retry_job(pk, municipality, by=by, at=at) for pk in failed)
