"""Celery's three calls. Each translates to one call of the runner; all of them may come twice or never."""

from celery import shared_task

from postpartum_portal.shared import clock

from .registry import planners
from .runner import due, run

SWEEP_AT_ONCE = 50


@shared_task(name="postpartum_portal.shared.jobs.tasks.run_job")
def run_job(job_id: int) -> None:
    run(job_id)


@shared_task(name="postpartum_portal.shared.jobs.tasks.sweep")
def sweep(limit: int = SWEEP_AT_ONCE) -> int:
    """Run what is due and unclaimed. Returns how many were run."""
    return sum(run(job_id) for job_id in due(clock.now(), limit=limit))


@shared_task(name="postpartum_portal.shared.jobs.tasks.plan")
def plan() -> None:
    """Let every planner write the rows that have become due, such as a reminder the day before a deadline."""
    now = clock.now()
    for planner in planners():
        planner(now)
