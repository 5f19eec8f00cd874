"""Letting the planners run again after a restore, without telling anybody twice."""

import datetime as dt
import time

from django.conf import settings
from django.db.models import Q

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job, Restoration

from .holding import MAILS
from .planning import run_planners
from .tasks import sweep

LONGEST_SECONDS = 600
LOOK_EVERY_SECONDS = 0.2


class TooEarly(Exception):
    """The reminders of the day are not asked for yet: they could not be told from those of the day before."""


class StillBusy(Exception):
    """Jobs of the first round run still; what they mail is held. Say it again later."""


def release_planners() -> None:
    """Run every planner and its jobs once, with what they mail held; from then on all goes its way.

    Killed on the way, mails stay held, and it is begun again.

    Raises:
        TooEarly, StillBusy
    """
    now = clock.now()
    if now.hour < max(settings.REMINDER_HOUR, settings.OFFICE_HOUR):
        raise TooEarly
    Restoration.objects.filter(planned_at=None).update(planned_at=now)
    run_planners(now)
    ends = time.monotonic() + LONGEST_SECONDS
    while _busy(clock.now()):
        if time.monotonic() > ends:
            raise StillBusy
        if not sweep():
            time.sleep(LOOK_EVERY_SECONDS)  # another worker has the last one
    Restoration.objects.filter(released_at=None).update(released_at=clock.now())


def _busy(now: dt.datetime) -> bool:
    """Whether a job that may post a mail is due or being done."""
    under_way = Q(status=Job.Status.RUNNING) | Q(status=Job.Status.QUEUED, run_after__lte=now)
    return Job.objects.filter(under_way).exclude(queue=MAILS).exists()
