import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared import clock
from postpartum_portal.shared.readiness import readiness


class Command(BaseCommand):
    help = (
        "Whether the database is reached and migrated, and the queue is not stalled: for watching workers and beat,"
        " which have no address to ask. Exits with 1 if not; a Redis that is away is told, and delays jobs by seconds."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = readiness(clock.now())
        self.stdout.write(json.dumps(asdict(found)))
        if not found.can_answer:
            raise CommandError("The database is away, or its migrations are not applied.")
        if found.is_stalled:
            raise CommandError(f"A job has been due for {found.oldest_due_seconds} seconds: no worker takes it.")
