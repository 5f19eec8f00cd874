import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from applications.letters.closing import NotThatNumber, closed_series, reopen
from applications.models import NumberSeries
from postpartum_portal.shared import clock

HEAD = ("municipality", "fiscal_year", "series", "last")
MOST = 500
"""Lost numbers of one series that are believed without being said twice: each becomes a row for good."""


class Command(BaseCommand):
    help = (
        "After a restore: list the number series that are closed, as CSV with the last number that the backup knows;"
        " with --last go on after the last number that left the house, with --file do so for all lines of such a CSV,"
        " with --ask for one after the other. Numbers between stand in the register as void (無効: 復元で失われた番号)."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--municipality", default="", help="By its address, such as kodaira.")
        parser.add_argument("--fiscal-year", type=int)
        parser.add_argument(
            "--series",
            default="",
            help="decision, application or payment_list.",
        )
        parser.add_argument("--last", type=int, help="The last number that left the house.")
        parser.add_argument("--file", type=Path, help="A CSV as this command lists it, with `last` corrected.")
        parser.add_argument("--ask", action="store_true", help="Ask for each closed series.")
        parser.add_argument("--many", action="store_true", help=f"Yes, more than {MOST} numbers were lost.")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = closed_series()
        if options["municipality"]:
            rows = rows.filter(municipality__slug=options["municipality"])
        if options["fiscal_year"]:
            rows = rows.filter(fiscal_year=options["fiscal_year"])
        if options["series"]:
            rows = rows.filter(series=options["series"])
        if options["file"]:
            self._all(list(_lines(options["file"])), many=options["many"])
        elif options["last"] is not None:
            if len(found := list(rows)) != 1:
                raise CommandError(f"{len(found)} closed series are meant; name municipality, fiscal year and series.")
            self._all([(found[0], options["last"])], many=options["many"])
        elif options["ask"]:
            self._all([(row, _asked(row)) for row in rows], many=options["many"])
        else:
            self._list(list(rows))

    def _list(self, rows: list[NumberSeries]) -> None:
        self.stdout.write(",".join(HEAD))
        for row in rows:
            self.stdout.write(f"{row.municipality.slug},{row.fiscal_year},{row.series},{row.last}")

    def _all(self, wanted: list[tuple[NumberSeries, int]], *, many: bool) -> None:
        """All or none of them: who mistyped a line corrects it and begins anew."""
        with transaction.atomic():
            for row, last in wanted:
                if last - row.last > MOST and not many:
                    raise CommandError(
                        f"{row.municipality.slug} {row}: {last} would void {last - row.last} numbers. Nothing was done;"
                        " add --many if that is so."
                    )
                try:
                    lost = reopen(row, last=last, at=clock.now())
                except NotThatNumber as refused:
                    raise CommandError(f"{row.municipality.slug}: {refused} Nothing was done.") from refused
                named = f"{row.municipality.slug} {row.fiscal_year}/{row.series}"
                self.stdout.write(f"{named} goes on after {last}; {lost} numbers are lost")


def _asked(row: NumberSeries) -> int:
    while True:
        told = input(f"{row.municipality.slug} {row.fiscal_year}/{row.series}, last in the backup {row.last}: ").strip()
        if told.isdecimal():
            return int(told)


def _lines(path: Path) -> list[tuple[NumberSeries, int]]:
    """Also of a file that a spreadsheet wrote.

    Raises:
        CommandError: it is no such file, or names what is not closed.
    """
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeError, csv.Error) as refused:
        raise CommandError(f"{path} cannot be read as a CSV: {refused}. Nothing was done.") from None
    if lines[:1] != [[*HEAD]]:
        raise CommandError(f"{path} does not begin with the line {','.join(HEAD)}. Nothing was done.")
    return [_meant(line) for line in lines[1:] if line]


def _meant(line: list[str]) -> tuple[NumberSeries, int]:
    try:
        town, year, series, last = line
        row = closed_series().get(municipality__slug=town, fiscal_year=int(year), series=series)
        return row, int(last)
    except (ValueError, NumberSeries.DoesNotExist):
        raise CommandError(f"{','.join(line)}: no such series is closed. Nothing was done.") from None
