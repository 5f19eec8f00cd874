"""What `manage.py metrics` asks of database, Redis and disk each time it is asked itself."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connections
from django.db.models import Case, Count, Value, When
from prometheus_client.core import GaugeMetricFamily, Metric

from postpartum_portal.shared import clock
from postpartum_portal.shared.deadline import within
from postpartum_portal.shared.models import Job
from postpartum_portal.shared.readiness import STALLED_AFTER_SECONDS, readiness

UNFINISHED = (Job.Status.QUEUED, Job.Status.RUNNING, Job.Status.FAILED, Job.Status.HELD)


class Watch:
    """A collector of prometheus-client. A database that does not answer is told as a figure, and soon."""

    def collect(self) -> Iterator[Metric]:
        try:
            with within(settings.ANSWER_SECONDS):
                yield from asked(clock.now())
        finally:
            connections.close_all()  # each call has a thread of its own

    def describe(self) -> list[Metric]:
        return []  # else it would be asked once while it is registered


def asked(now: dt.datetime) -> Iterator[Metric]:
    found = readiness(now)
    yield _gauge("portal_database_up", "1: the database answers", found.database)
    yield _gauge("portal_migrations_applied", "1: it has all migrations of this version", found.migrations)
    if found.redis is not None:
        yield _gauge("portal_redis_up", "1: Redis answers", found.redis)
    if found.database:
        yield _gauge("portal_oldest_due_job_seconds", "So long a job lies that is due", found.oldest_due_seconds)
        yield from _jobs(now)
    if isinstance(files := storages["default"], FileSystemStorage) and Path(files.location).is_dir():
        # the folder comes with the first file
        yield _gauge("portal_files_free_bytes", "Room where files are kept", shutil.disk_usage(files.location).free)


def _jobs(now: dt.datetime) -> Iterator[Metric]:
    """Two partial indexes answer it, however many jobs were ever done."""
    overdue = now - dt.timedelta(seconds=STALLED_AFTER_SECONDS)
    state = Case(
        When(status=Job.Status.FAILED, then=Value("failed")),
        When(status=Job.Status.HELD, then=Value("held")),
        When(run_after__lt=overdue, then=Value("overdue")),
        default=Value("waiting"),
    )
    rows = Job.objects.filter(status__in=UNFINISHED).annotate(state=state).values_list("kind", "state")
    jobs = GaugeMetricFamily("portal_jobs", "Jobs that are not done, by kind and state", labels=["kind", "state"])
    try:
        for kind, named, number in rows.annotate(number=Count("pk")).order_by("kind", "state"):
            jobs.add_metric([kind, named], number)
    except DatabaseError:
        return
    yield jobs


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=float(value))
