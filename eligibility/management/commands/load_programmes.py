from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from eligibility.programmes import ProgrammeFileError
from eligibility.services.loading import load_programmes
from postpartum_portal.shared import clock


class Command(BaseCommand):
    help = "Load the programme files and the facilities beside them. What is loaded already is left as it is."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=settings.PROGRAMME_DIR)

    def handle(self, *args: Any, directory: Path, verbosity: int, **options: Any) -> None:
        try:
            loaded = load_programmes(directory, at=clock.now())
        except ProgrammeFileError as wrong:
            raise CommandError(str(wrong)) from None
        if verbosity:
            for programme in loaded:
                self.stdout.write(f"{programme.version.file_name}: {'loaded' if programme.new else 'already there'}")
