"""How a worker hears of a new row. The settings name one of these."""

from .tasks import run_job


def by_celery(job_id: int, queue: str) -> None:
    """Send the row's id through Redis. A lost or doubled message changes nothing but the waiting time."""
    run_job.apply_async(args=(job_id,), queue=queue)


def by_nobody(job_id: int, queue: str) -> None:
    """Leave the row to the sweeper: the embedded worker looks every second."""
