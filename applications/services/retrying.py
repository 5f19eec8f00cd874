"""Starting a letter over that the worker gave up."""

import datetime as dt

from django.db import transaction

from applications.models import ISSUE_LETTER, Letter
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.jobs.runner import retry
from postpartum_portal.shared.models import Job


def retry_letter(job_id: int, municipality: Municipality, *, by: User, at: dt.datetime) -> bool:
    """Put the stopped job of one of this municipality's letters back into the queue; False where there is none.

    The letter keeps its number: trying again never takes another. One that is held says what is no longer true: False.
    """
    stopped = Job.objects.filter(kind=ISSUE_LETTER, municipality_id=municipality.pk, status=Job.Status.FAILED)
    job = stopped.filter(pk=job_id).first()
    letter = Letter.objects.filter(pk=job.subject_id).first() if job else None
    if job is None or letter is None:
        return False
    with transaction.atomic():
        if not retry(job, now=at):
            return False
        events.record("letter.retried", letter, at=at, by_id=by.pk, job=job.pk)
    return True
