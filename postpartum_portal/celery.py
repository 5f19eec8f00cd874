"""The Celery app: a wake-up call for job rows, and beat's periodic calls. No work lives in a message."""

import logging.config
import os
from typing import Any

import structlog
from celery import Celery
from celery.signals import setup_logging, task_failure, worker_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum_portal.settings.production")
app = Celery("postpartum_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["postpartum_portal.shared.jobs"])
log = structlog.get_logger(__name__)


@setup_logging.connect
def _log_as_the_portal_does(**_: Any) -> None:
    """Celery would set up its own lines, which quote the messages of exceptions; whoever connects here stops that."""
    logging.config.dictConfig(settings.LOGGING)


@worker_init.connect
def _outlive_redis(**_: Any) -> None:
    from postpartum_portal.shared import acknowledging  # noqa: PLC0415 - imports what web servers and commands need not

    acknowledging.install()


@task_failure.connect
def _say_what_failed(sender: Any = None, exception: BaseException | None = None, **_: Any) -> None:
    log.error("task_failed", task=getattr(sender, "name", None), exc_info=exception)
