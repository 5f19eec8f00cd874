"""Whether this part of the portal can do its work now, in words for operators: no ids, nothing personal."""

import datetime as dt
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from .jobs import runner
from .models import Job

STALLED_AFTER_SECONDS = 300
"""So long a job that is due may lie: a sweep comes every few seconds."""
REDIS_SECONDS = 1

_up_to_date = False  # once it is so, it stays so for as long as this process runs


@dataclass(frozen=True, slots=True)
class Readiness:
    """`database` and `migrations` are needed to answer anybody. A queue that is stalled delays letters and mails; a
    Redis that is away delays them by seconds.
    """

    database: bool
    migrations: bool = False
    oldest_due_seconds: int = 0
    redis: bool | None = None
    """None: this portal works without one."""

    @property
    def can_answer(self) -> bool:
        return self.database and self.migrations

    @property
    def is_stalled(self) -> bool:
        return self.oldest_due_seconds > STALLED_AFTER_SECONDS


def readiness(now: dt.datetime) -> Readiness:
    """A few small queries; of a database that does not answer, none but the first."""
    try:
        return Readiness(True, _migrated(), _oldest_due(now), _redis_answers())
    except DatabaseError:
        return Readiness(database=False, redis=_redis_answers())


def _migrated() -> bool:
    global _up_to_date  # reading all migrations takes a tenth of a second
    if not _up_to_date:
        executor = MigrationExecutor(connection)
        _up_to_date = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _up_to_date


def _oldest_due(now: dt.datetime) -> int:
    oldest = Job.objects.filter(pk__in=runner.due(now, limit=1)).values_list("run_after", flat=True).first()
    return round((now - oldest).total_seconds()) if oldest else 0


def _redis_answers() -> bool | None:
    if not settings.JOBS_WAKE.endswith("by_celery"):
        return None
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
    )
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
