"""One row is the job; Celery is only the wake-up call. `enqueue` writes the row, a registered handler does it."""

from .queue import enqueue
from .registry import handler, planner
from .rounds import go_through
from .runner import GiveUp, Lease, LeaseLost

__all__ = ["GiveUp", "Lease", "LeaseLost", "enqueue", "go_through", "handler", "planner"]
