"""What is not sent after a restore until an operator says so.

Between the backup and the restore the portal went on sending, and no row knows what. So what waited is held, no planner
runs, and when they are let run again, what they and the jobs ask to be mailed at first is held too: it may be there.
What people do is told as ever.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from postpartum_portal.shared.models import Job, Mail, Restoration

BY_RESTORE = "Restored"
"""What a job that a restore holds carries in the place of an error."""
MAILS = "mail"
AT_ONCE = 500
_machine: ContextVar[bool] = ContextVar("asked by the machine", default=False)


@contextmanager
def by_machine() -> Iterator[None]:
    """For the block, what is asked for is asked by a planner or a job, not by a person's deed."""
    token = _machine.set(True)
    try:
        yield
    finally:
        _machine.reset(token)


def planners_are_held() -> bool:
    return Restoration.objects.filter(planned_at=None).exists()


def held_from(at: dt.datetime, queue: str) -> dict[str, Any]:
    """The fields of a new job in `queue` that is to be held; none of any other job."""
    if queue == MAILS and _machine.get() and Restoration.objects.filter(released_at=None).exists():
        return {"status": Job.Status.HELD, "stopped_at": at, "last_error": BY_RESTORE}
    return {}


def held_jobs() -> QuerySet[Job]:
    """What a restore holds; not what is held for another reason, such as a mail that a loss has made untrue."""
    return Job.objects.filter(status=Job.Status.HELD, last_error=BY_RESTORE)


def counted(jobs: QuerySet[Job]) -> Iterator[tuple[str, str, int | None, str, int, dt.datetime]]:
    """Kind, queue, municipality, kind of mail or "", how many, and since when the first of them waits."""
    by = ("kind", "queue", "municipality_id")
    for row in jobs.exclude(queue=MAILS).values(*by).annotate(number=Count("pk"), since=Min("run_after")).order_by(*by):
        yield (*(row[name] for name in by), "", row["number"], row["since"])
    for kind in Mail.objects.order_by("kind").values_list("kind", flat=True).distinct():
        mails = jobs.filter(queue=MAILS, subject_id__in=Mail.objects.filter(kind=kind).values("pk"))
        found = mails.values(*by).annotate(number=Count("pk"), since=Min("run_after"))
        for row in found.order_by(*by):
            yield (*(row[name] for name in by), kind, row["number"], row["since"])


def release(jobs: QuerySet[Job], *, at: dt.datetime) -> int:
    """Let them go out; answers how many."""
    back = {"status": Job.Status.QUEUED, "run_after": at, "attempts": 0, "stopped_at": None, "last_error": ""}
    return jobs.update(**back)


def let_go(jobs: QuerySet[Job], *, at: dt.datetime) -> int:
    """Never do them: they were done before the restore, or nobody needs them any more."""
    given_up = {"status": Job.Status.DROPPED, "drop_reason": Job.DropReason.NOT_NEEDED, "stopped_at": at}
    return jobs.update(**given_up)


def note_sent(message_ids: Iterator[str], *, at: dt.datetime) -> int:
    """Take the held mails whose Message-ID the mail server's log knows for sent; answers how many."""
    number = 0
    while known := [told for _, told in zip(range(AT_ONCE), message_ids, strict=False)]:
        mails = Mail.objects.filter(message_id__in=known, sent_at=None)
        with transaction.atomic():
            jobs = held_jobs().filter(queue=MAILS, subject_id__in=mails.values("pk"))
            sent = list(jobs.values_list("subject_id", flat=True))
            done = {"status": Job.Status.DONE, "done_at": at, "stopped_at": None, "last_error": ""}
            number += jobs.update(**done)
            Mail.objects.filter(pk__in=sent).update(sent_at=at)
    return number


def jobs_of_mails(jobs: QuerySet[Job], mail_kind: str) -> QuerySet[Job]:
    return jobs.filter(Exists(Mail.objects.filter(pk=OuterRef("subject_id"), kind=mail_kind)), queue=MAILS)
