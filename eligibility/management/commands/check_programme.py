from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.programmes import ProgrammeFileError, load_facilities, load_programme
from eligibility.programmes.beside import facility_list_of, is_facility_list, programmes_of
from eligibility.programmes.examples import run
from eligibility.programmes.reporting import facilities_report, refusal, report


class Command(BaseCommand):
    help = (
        "Check programme files and the facilities beside them, run the examples in them, and print what fails. "
        "Nothing is loaded."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--answers", action="store_true", help="show what every example asks and is answered")

    def handle(self, *args: Any, files: list[Path], answers: bool, **options: Any) -> None:
        failed = [file for file in _with_facilities(files) if not self._is_right(file, files, answers=answers)]
        if failed:
            raise CommandError(f"直すところがあります: {'、'.join(file.name for file in failed)}")

    def _is_right(self, file: Path, files: list[Path], *, answers: bool) -> bool:
        """Whether a file is valid and all of its examples come out; says why not."""
        try:
            if is_facility_list(file):
                programmes = programmes_of(file, files)
                self._print(facilities_report(load_facilities(file, programmes), checked=bool(programmes)))
                return True
            results = run(load_programme(file))
        except ProgrammeFileError as wrong:
            self._print(refusal(wrong))
            return False
        self._print(report(file.name, results, answers=answers))
        return all(result.ok for result in results)

    def _print(self, lines: Iterable[str]) -> None:
        self.stdout.write("\n".join(lines) + "\n\n")


def _with_facilities(files: list[Path]) -> Iterator[Path]:
    """The files in their order, each list of facilities once: where it is given, else after its programme."""
    told = {file.resolve() for file in files}
    for file in files:
        yield file
        beside = facility_list_of(file)
        if beside and beside.resolve() not in told:
            told.add(beside.resolve())
            yield beside
