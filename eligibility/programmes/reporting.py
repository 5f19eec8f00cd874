"""The report of `check_programme` as lines of plain text that fit 100 columns, with full-width characters as two."""

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from eligibility.programmes.examples import ExampleResult
from eligibility.programmes.expecting import Check
from eligibility.programmes.facility_records import FacilityList
from eligibility.programmes.reading import ProgrammeFileError

WIDTH = 100
_RESULTS = {True: "合う", False: "合わない"}
_HEADINGS = ("番号", "場面", "結果")


def report(file: str, results: Sequence[ExampleResult], *, answers: bool = False) -> Iterator[str]:
    """A table of the examples, then for each that fails the question, what is expected and what is got.

    With `answers` also, for each that comes out, the question and its answer.
    """
    yield file
    if not results:
        yield "  事例がありません。"
        return
    yield from _table(results)
    for result in results:
        if answers or not result.ok:
            yield ""
            yield from _told(result, result.checks if answers else result.failed)
    yield ""
    failed = sum(not result.ok for result in results)
    yield f"  {len(results)}件のうち{failed}件が合いません。" if failed else f"  {len(results)}件すべてが合いました。"


def facilities_report(listed: FacilityList, *, checked: bool) -> Iterator[str]:
    """How many facilities a list has, and whether their codes could be `checked` against a programme."""
    yield f"{listed.municipality}.yaml"
    known = "種類と額は、どれもきまりのファイルにあります。"
    alone = "きまりのファイルが見つからないので、種類と額のコードは確かめていません。"
    yield f"  施設{len(listed.facilities)}件。{known if checked else alone}"


def refusal(error: ProgrammeFileError) -> Iterator[str]:
    """What is wrong with a file that cannot be read."""
    yield error.file
    for problem in error.problems:
        key = f"{problem.key}: " if problem.key else ""
        yield from _folded(f"{problem.line}行め {key}{problem.sentence}", indent="  ", hanging="    ")


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(2 if east_asian_width(character) in "FW" else 1 for character in text)


def _table(results: Sequence[ExampleResult]) -> Iterator[str]:
    rows = [_HEADINGS, *((result.number, result.scene, _RESULTS[result.ok]) for result in results)]
    last = max(width(row[2]) for row in rows)
    first = min(24, max(width(row[0]) for row in rows))
    middle = min(WIDTH - first - last - 6, max(width(row[1]) for row in rows))
    for row in rows:
        yield f"  {_fitted(row[0], first)}  {_fitted(row[1], middle)}  {row[2]}"


def _told(result: ExampleResult, checks: Sequence[Check]) -> Iterator[str]:
    """The question, then its answers: one line where one comes out, expected and got where it does not."""
    yield from _folded(f"{result.number} {result.scene}", indent="  ", hanging="    ")
    yield from _folded(f"問い: {result.given}", indent="    ", hanging="      ")
    for check in checks:
        if check.ok:
            yield from _folded(f"{check.key}: {check.got}", indent="    ", hanging="      ")
            continue
        yield from _folded(f"{check.key}", indent="    ", hanging="      ")
        yield from _folded(f"期待: {check.expected}", indent="      ", hanging="        ")
        yield from _folded(f"結果: {check.got}", indent="      ", hanging="        ")


def _fitted(text: str, columns: int) -> str:
    """Cut or filled to exactly so many columns."""
    if width(text) > columns:
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))


def _folded(text: str, *, indent: str, hanging: str) -> Iterator[str]:
    """Broken wherever the line is full: Japanese has no blanks to break at."""
    line = indent
    for character in text:
        if width(line) + width(character) > WIDTH:
            yield line
            line = hanging
        line += character
    yield line
