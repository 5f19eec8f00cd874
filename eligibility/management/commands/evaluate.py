import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eligibility.programmes import ProgrammeFileError, load_programme
from eligibility.programmes.evaluating import evaluate
from eligibility.programmes.reading import text_of


class Command(BaseCommand):
    help = "Answer questions by a programme file: JSON lines in, JSON lines out. See docs/programme-format.md."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("questions", nargs="?", type=Path, help="JSON lines; without it they are read from stdin")

    def handle(self, *args: Any, file: Path, questions: Path | None, **options: Any) -> None:
        try:
            terms, lines = load_programme(file).terms, _lines(questions)
        except ProgrammeFileError as wrong:
            raise CommandError(str(wrong)) from None
        bad = 0
        for outcome in evaluate(lines, terms):
            self.stdout.write(json.dumps(outcome.data, ensure_ascii=False))
            bad += not outcome.ok
        if bad:
            raise CommandError(f"{bad}行が読めません。error に理由があります。")


def _lines(questions: Path | None) -> Iterable[str]:
    if questions is None:
        return sys.stdin
    return text_of(questions).removeprefix("\ufeff").split("\n")  # a spreadsheet may put a byte order mark in front
