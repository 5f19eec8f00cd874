from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.programmes import ProgrammeFileError, load_programme
from eligibility.programmes.examples import run
from eligibility.programmes.reporting import refusal, report


class Command(BaseCommand):
    help = "Check programme files, run the examples in them, and print what fails. Nothing is loaded."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        failed = [file for file in files if not self._is_right(file)]
        if failed:
            raise CommandError(f"直すところがあります: {'、'.join(file.name for file in failed)}")

    def _is_right(self, file: Path) -> bool:
        """Whether a file is valid and all of its examples come out; says why not."""
        try:
            results = run(load_programme(file))
        except ProgrammeFileError as wrong:
            self._print(refusal(wrong))
            return False
        self._print(report(file.name, results))
        return all(result.ok for result in results)

    def _print(self, lines: Iterable[str]) -> None:
        self.stdout.write("\n".join(lines) + "\n\n")
