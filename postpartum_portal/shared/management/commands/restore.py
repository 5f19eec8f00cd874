import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared.backup.folder import BackupUnusable
from postpartum_portal.shared.backup.restoring import hold_here, restore
from postpartum_portal.shared.models import Job

NEXT = """\
Taken at {taken}, brought back at {restored}. What happened between the two is not in it.
{held} jobs that were not done are held, every number series is closed, everybody is signed out, no reminder is planned.
Next: migrate ({steps} steps), check_integrity, reopen_series, jobs --release; docs/operations.md says how."""


class Command(BaseCommand):
    help = (
        "Bring back the backup in the folder FROM, once it has been found whole. Stop web servers, workers and beat"
        " first. Afterwards nothing is sent and no letter gets a number until an operator says so: see `jobs --release`"
        " and `reopen_series`."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("source", metavar="FROM", type=Path, nargs="?", help="The folder that `backup` wrote.")
        parser.add_argument("--replace", action="store_true", help="Also where there are people in the database.")
        parser.add_argument(
            "--elsewhere",
            metavar="TAKEN_AT",
            type=dt.datetime.fromisoformat,
            help="Another tool brought the database back to this instant (2026-11-23T04:00+09:00): only hold.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source, elsewhere = options["source"], options["elsewhere"]
        if (source is None) == (elsewhere is None):
            raise CommandError("Name the folder of a backup, or --elsewhere with an instant.")
        if elsewhere:
            if elsewhere.tzinfo is None:
                raise CommandError("Say the zone too, as in 2026-11-23T04:00+09:00.")
            moments, steps = hold_here(elsewhere), 0
        else:
            try:
                done = restore(source.absolute(), replace=options["replace"])
            except (BackupUnusable, OSError) as refused:
                raise CommandError(f"Nothing was restored. {refused}") from refused
            moments, steps = done.moments, done.to_migrate
            self.stdout.write(f"{done.files} files are here; {done.removed} others were removed.")
        held = Job.objects.filter(status=Job.Status.HELD).count()
        taken, restored = (at.isoformat(timespec="minutes") for at in (moments.taken_at, moments.restored_at))
        self.stdout.write(NEXT.format(taken=taken, restored=restored, held=held, steps=steps))
