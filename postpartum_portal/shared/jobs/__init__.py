"""One row is the job; Celery is only the wake-up call. `enqueue` writes the row, a registered handler does it."""

from .queue import enqueue
from .registry import handler, planner
from .runner import Lease, LeaseLost

__all__ = ["Lease", "LeaseLost", "enqueue", "handler", "planner"]
