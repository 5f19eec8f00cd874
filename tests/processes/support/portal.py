"""The running portal in a test's hands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Job
from tests.scripts.waiting import eventually

from .mailbox import Mailbox
from .parts import Part

BUSY = (Job.Status.QUEUED, Job.Status.RUNNING)


@dataclass(frozen=True)
class Portal:
    """Web server and worker on the test database, and the mails they sent."""

    origin: str
    mailbox: Mailbox
    environment: Mapping[str, str]
    parts: tuple[Part, ...]

    def move_clock_to(self, moment: str) -> dt.datetime:
        """Set the clock of all processes, `2026-03-05 10:00` in Tokyo, once they have done what was due before."""
        self.settle()
        instant = dt.datetime.fromisoformat(moment).replace(tzinfo=clock.TOKYO)
        clock.move_to(instant)
        return instant

    def settle(self, *, seconds: float = 60) -> None:
        """Wait until no job is due or being done; none may have failed."""
        assert eventually(lambda: not self._due(), seconds=seconds), f"still to do: {self._due()}"
        failed = Job.objects.exclude(last_error="").order_by("pk")
        assert not failed, [(job.kind, job.status, job.last_error) for job in failed]

    def _due(self) -> list[str]:
        jobs = Job.objects.filter(status__in=BUSY, run_after__lte=clock.now()).order_by("pk")
        return [f"{job.key} {job.status}" for job in jobs]
