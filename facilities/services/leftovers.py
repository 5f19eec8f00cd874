"""Every day, for the whole deployment: what no office keeps goes after the days that its settings name."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django_scopes import scopes_disabled

from applications.letting_go import remove_unsent
from postpartum_portal.accounts.services.forgetting import remove_idle
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import Lease, enqueue, handler, planner
from postpartum_portal.shared.leftovers import empty_mails, remove_jobs

LEFTOVERS = "purge_leftovers"
FULL = 100
"""So many at once say that there may be more; each step takes at least so many."""


@planner
def plan_leftovers(now: dt.datetime) -> None:
    """Once a day."""
    enqueue(LEFTOVERS, clock.day_of(now).toordinal(), at=now)


@handler(LEFTOVERS)
def purge_leftovers(lease: Lease) -> None:
    remove_leftovers(at=clock.now(), lease=lease)


def remove_leftovers(*, at: dt.datetime, lease: Lease | None = None) -> dict[str, int]:
    """How many of each kind went; some at a time, until none is left or the lease's time is over."""
    counted = {}
    with scopes_disabled():
        for name, some in _steps(at).items():
            counted[name] = number = some()
            while number >= FULL:
                if lease and lease.pause():
                    return counted
                number = some()
                counted[name] += number
    return counted


def _steps(at: dt.datetime) -> dict[str, Callable[[], int]]:
    def ago(days: int) -> dt.datetime:
        return at - dt.timedelta(days=days)

    return {
        "drafts": lambda: remove_unsent(
            drafts_before=ago(settings.UNSENT_DRAFT_DAYS), proxies_before=ago(settings.UNANSWERED_PROXY_DAYS), at=at
        ),
        "mails": lambda: empty_mails(before=ago(settings.MAIL_TEXT_DAYS)),
        "jobs": lambda: remove_jobs(before=ago(settings.DONE_JOB_DAYS)),
        "accounts": lambda: remove_idle(before=ago(settings.IDLE_ACCOUNT_DAYS)),
    }
