"""A mail that does not reach anybody: another address for it, or letting go of it with a reason."""

import datetime as dt

from django.db import transaction

from applications.selectors.stopped_work import stopped_mail
from eligibility.public import Municipality
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import events
from postpartum_portal.shared.jobs.runner import drop, retry
from postpartum_portal.shared.lifecycle import authorise
from postpartum_portal.shared.models import Job, Mail


def send_elsewhere(job_id: int, municipality: Municipality, to: str, *, by: User, at: dt.datetime) -> None:
    """Send this one mail to another address. Nobody's account changes by it: only its owner proves an address.

    Raises:
        PermissionDenied: not this centre's work.
        NotStopped: no such mail of this municipality has given up (any more).
    """
    job, mail = _failed(job_id, municipality)
    authorise(by, "applications.restart_work", job)

    with transaction.atomic():
        if not retry(job, now=at):
            raise NotStopped
        Mail.objects.filter(pk=mail.pk, sent_at=None).update(to=to)
        events.record("mail.readdressed", job, at=at, by_id=by.pk)


def let_go(job_id: int, municipality: Municipality, reason: Job.DropReason, *, by: User, at: dt.datetime) -> None:
    """Send it no more: she was told in another way, or need not be. It stays listed with the reason.

    Raises:
        PermissionDenied: not this centre's work.
        NotStopped: no such mail of this municipality has given up (any more).
    """
    job, _ = _failed(job_id, municipality)
    authorise(by, "applications.restart_work", job)

    with transaction.atomic():
        if not drop(job, reason, now=at):
            raise NotStopped
        events.record("mail.dropped", job, at=at, by_id=by.pk, reason=reason.value)


class NotStopped(Exception):
    """It went out, was let go of, or is being tried again."""


def _failed(job_id: int, municipality: Municipality) -> tuple[Job, Mail]:
    found = stopped_mail(municipality, job_id)
    if found is None or found.mail is None:
        raise NotStopped
    return found.job, found.mail
