from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from postpartum_portal.shared.backup.folder import BackupUnusable
from postpartum_portal.shared.backup.taking import take


class Command(BaseCommand):
    help = (
        "Write database and files into the new folder TO, while people work. The folder appears when it is whole. It"
        " holds all that the portal knows about people: keep it as secret as the database, encrypted, and for no longer"
        " than docs/operations.md says."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("to", type=Path, help="A folder that does not exist yet.")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        try:
            taken = take(to.absolute())
        except (BackupUnusable, OSError) as refused:
            raise CommandError(f"No backup was made. {refused}") from refused
        self.stdout.write(f"{taken.folder}: the database and {taken.files} files ({taken.size} bytes)")
        if taken.purged:
            self.stdout.write(f"{len(taken.purged)} files were deleted while it ran; the manifest lists them as purged")
        if damages := [*taken.lost, *taken.altered]:
            raise CommandError(
                f"The backup is whole, but {len(damages)} files were damaged before it, such as {damages[0]}:"
                " run check_integrity."
            )
