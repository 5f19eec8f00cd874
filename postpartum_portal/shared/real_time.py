"""Production keeps real time: nothing starts on a database whose clock was moved, one of the demo or of a test."""

from typing import Any

from celery.signals import beat_init, worker_init
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from .models import ClockOffset

MOVED = (
    "The database holds a moved clock (the row of shared_clockoffset), as a demo's does. Production keeps real time:"
    " DATABASE_URL names the wrong database, or that row has to be deleted after looking at what was written under it."
)


def refuse_moved_clock(**_signal: Any) -> None:
    """Before web, worker and beat begin. A database that is away, or has no tables yet, is for others to report.

    Raises:
        ImproperlyConfigured: the row is there, and these settings do not move the clock.
    """
    if _is_moved():
        raise ImproperlyConfigured(MOVED)


@checks.register(checks.Tags.database)
def check_clock(databases: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """The same for `migrate`, which comes before a start."""
    return [checks.Error(MOVED, id="portal.E001")] if databases and _is_moved() else []


def _is_moved() -> bool:
    if settings.CLOCK_MAY_MOVE:
        return False
    try:
        return ClockOffset.objects.exists()
    except DatabaseError:
        return False


worker_init.connect(refuse_moved_clock, weak=False)
beat_init.connect(refuse_moved_clock, weak=False)
