"""Letters against numbers, gapless per municipality, fiscal year and series; and letters that nobody makes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef

from applications.letters.numbers import DECISIONS
from applications.models import ISSUE_LETTER, Letter, NumberSeries
from postpartum_portal.shared.models import Job

AT_ONCE = 1000
"""Rows in memory at a time."""


@dataclass(frozen=True, slots=True)
class WrongNumbers:
    """A series whose letters do not tell the same as its counter. `label` names it; `found` says what is wrong."""

    series_id: int
    label: str
    found: str
    expected: str


def wrong_numbers() -> Iterator[WrongNumbers]:
    """Gaps, doubles, and counters that stand elsewhere than the last letter; one letter at a time in memory."""
    series = NumberSeries.objects.filter(series=DECISIONS).values_list(
        "municipality_id", "fiscal_year", "series", "last", "pk"
    )
    counters = {tuple(row[:3]): row[3:] for row in series.iterator(chunk_size=AT_ONCE)}
    given = Letter.objects.order_by("municipality_id", "fiscal_year", "series", "number", "pk").values_list(
        "municipality_id", "fiscal_year", "series", "number"
    )
    for name, numbers in groupby(given.iterator(chunk_size=AT_ONCE), key=lambda row: row[:3]):
        last, pk = counters.pop(name, (0, 0))
        label = "/".join(map(str, name))
        yield from _wrong_in(pk, label, (row[3] for row in numbers), last)
    for name, (last, pk) in counters.items():
        if last:
            yield WrongNumbers(pk, "/".join(map(str, name)), "no letter", f"{last} letters")


def letters_nobody_makes() -> Iterator[tuple[int, str, str]]:
    """Id, number and status of letters that wait though their job is done, or that no job makes."""
    jobs = Job.objects.filter(kind=ISSUE_LETTER, subject_id=OuterRef("pk"))
    waiting = Letter.objects.filter(status=Letter.Status.QUEUED).filter(~Exists(jobs.exclude(status=Job.Status.DONE)))
    yield from waiting.order_by("pk").values_list("pk", "label", "status").iterator(chunk_size=AT_ONCE)


def _wrong_in(pk: int, label: str, numbers: Iterator[Any], last: int) -> Iterator[WrongNumbers]:
    expected = 0
    for number in numbers:
        if number == expected:
            yield WrongNumbers(pk, label, f"number {number} twice", "once")
            continue
        if number != expected + 1:
            missing = f"{expected + 1}" if number == expected + 2 else f"{expected + 1} to {number - 1}"
            yield WrongNumbers(pk, label, f"no letter with number {missing}", "a letter for each")
        expected = number
    if expected != last:
        yield WrongNumbers(pk, label, f"counter {last}", str(expected))
