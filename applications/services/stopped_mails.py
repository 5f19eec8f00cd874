"""Mails that do not reach anybody: another address for them, or letting go with a reason; one, or all of hers."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from applications.selectors.stopped_work import StoppedWork, stopped_mail
from applications.selectors.unreached import Unreached
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

    def readdressed(stopped: StoppedWork) -> bool:
        Mail.objects.filter(pk=stopped.job.subject_id, sent_at=None).update(to=to)
        return retry(stopped.job, now=at)

    _settle(job_id, municipality, "mail.readdressed", readdressed, by=by, at=at)


def let_go(job_id: int, municipality: Municipality, reason: Job.DropReason, *, by: User, at: dt.datetime) -> None:
    """Send it no more: she was told in another way, or need not be. It stays listed with the reason.

    Raises:
        PermissionDenied, NotStopped: as `send_elsewhere`.
    """

    def dropped(stopped: StoppedWork) -> bool:
        return drop(stopped.job, reason, now=at)

    _settle(job_id, municipality, "mail.dropped", dropped, by=by, at=at, reason=reason.value)


def send_hers_elsewhere(hers: Unreached, municipality: Municipality, to: str, *, by: User, at: dt.datetime) -> None:
    """As `send_elsewhere`, all that she has missed, or none of it."""
    with transaction.atomic():
        for job, _ in hers.missed:
            send_elsewhere(job.pk, municipality, to, by=by, at=at)


def told_by_phone(hers: Unreached, municipality: Municipality, *, by: User, at: dt.datetime) -> None:
    """Somebody has told her all that she has missed: none of it is sent any more, and her record says so.

    Raises:
        PermissionDenied, NotStopped: as `send_elsewhere`.
    """
    with transaction.atomic():
        for job, _ in hers.missed:
            let_go(job.pk, municipality, Job.DropReason.PHONED, by=by, at=at)
        kinds = [mail.kind for _, mail in hers.missed]
        events.record("household.phoned", hers.household, at=at, by_id=by.pk, mails=kinds)


class NotStopped(Exception):
    """It went out, was let go of, or is being tried again."""


def _settle(
    job_id: int,
    municipality: Municipality,
    verb: str,
    deed: Callable[[StoppedWork], bool],
    *,
    by: User,
    at: dt.datetime,
    **data: Any,
) -> None:
    found = stopped_mail(municipality, job_id)
    if found is None:
        raise NotStopped
    authorise(by, "applications.restart_work", found.job)

    with transaction.atomic():
        if not deed(found):
            raise NotStopped
        events.record(verb, found.job, at=at, by_id=by.pk, **data)
