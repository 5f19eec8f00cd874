"""Celery's four calls. Each translates to one call of the runner; all of them may come twice or never."""

from itertools import takewhile
from time import monotonic

from celery import shared_task

from postpartum_portal.shared import audit, clock

from .planning import run_planners
from .runner import due, run

SWEEP_AT_ONCE = 50
SWEEP_SECONDS = 5
"""A sweep begins no job after this: it is one task, and its last job needs its time below the task's limit."""


@shared_task(name="postpartum_portal.shared.jobs.tasks.run_job")
def run_job(job_id: int) -> None:
    run(job_id)


@shared_task(name="postpartum_portal.shared.jobs.tasks.sweep")
def sweep(limit: int = SWEEP_AT_ONCE) -> int:
    """Run what is due and unclaimed, for a few seconds. Returns how many were run."""
    ends = monotonic() + SWEEP_SECONDS
    begun = takewhile(lambda _: monotonic() < ends, due(clock.now(), limit=limit))
    return sum(run(job_id) for job_id in begun)


@shared_task(name="postpartum_portal.shared.jobs.tasks.plan")
def plan() -> None:
    """Let every planner write the rows that have become due, such as a reminder the day before a deadline."""
    run_planners(clock.now())


@shared_task(name="postpartum_portal.shared.jobs.tasks.seal")
def seal() -> None:
    """Seal the events that were written since the last call."""
    audit.seal(at=clock.now())
