"""How a worker hears of a new row. The settings name one of these."""

from kombu.exceptions import OperationalError

from postpartum_portal.shared.away import REDIS

from .tasks import run_job


def by_celery(job_id: int, queue: str) -> None:
    """Send the row's id through Redis. A lost or doubled message changes nothing but the waiting time.

    Raises:
        OperationalError: Redis did not take it. For some seconds after that nothing is sent at all.
    """
    if REDIS:  # a frozen one costs a second each time; a deed may ask for ten mails, and the sweep finds them in five
        return
    try:
        run_job.apply_async(args=(job_id,), queue=queue)
    except OperationalError:
        REDIS.note()
        raise


def by_nobody(job_id: int, queue: str) -> None:
    """Leave the row to the sweeper: the embedded worker looks every second."""
