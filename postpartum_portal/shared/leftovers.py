"""What of mails and jobs nobody needs any more: the text of mails that went out, jobs that were done."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q

from .mail import SEND_MAIL
from .models import Job, Mail

AT_ONCE = 500
OVER = (Job.Status.DONE, Job.Status.DROPPED)
ONCE_EACH = (SEND_MAIL, "clear_sessions", "purge", "purge_leftovers", "morning_list")
"""Jobs that no planner would ask for again when their row is gone: of a mail, whose key stays, and of one day."""


def empty_mails(*, before: dt.datetime) -> int:
    """Address and words of mails that were sent, or will never be, before `before`; the key stays, so that none is
    written twice. How many, `AT_ONCE` at most.
    """
    over = Job.objects.filter(kind=SEND_MAIL, subject_id=OuterRef("pk"), status__in=OVER)
    old = Q(sent_at__lt=before) | (Q(created_at__lt=before) & Exists(over))
    return _empty(Mail.objects.filter(old).exclude(to="").order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def forget_mails_to(addresses: Collection[str], *, at: dt.datetime) -> int:
    """All mails to somebody, sent or not; what was still to be sent never is."""
    keys = list(Mail.objects.filter(to__in=addresses).order_by("pk").values_list("pk", flat=True))
    waiting = Job.objects.filter(kind=SEND_MAIL, subject_id__in=keys).exclude(status__in=OVER)
    waiting.update(
        status=Job.Status.DROPPED,
        drop_reason=Job.DropReason.NOT_NEEDED,
        stopped_at=at,
        lease_until=None,
        token=F("token") + 1,
    )
    return _empty(keys)


def remove_jobs(*, before: dt.datetime) -> int:
    """Rows of jobs that were done before `before`, `AT_ONCE` at most."""
    done = Job.objects.filter(kind__in=ONCE_EACH, status=Job.Status.DONE, done_at__lt=before)
    keys = list(done.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return Job.objects.filter(pk__in=keys).delete()[0]


def _empty(keys: Collection[int]) -> int:
    return Mail.objects.filter(pk__in=list(keys)).update(to="", subject="", text="")
