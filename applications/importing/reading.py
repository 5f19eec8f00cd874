"""A file of approvals as lines of named cells, in whatever characters a spreadsheet has written it."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

MOST_ROWS = 5_000
MOST_BYTES = 2 * 1024 * 1024
MOST_CELL = 500
MOST_COLUMNS = 100  # a template has twenty


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong, where, and what to do. `line` is the spreadsheet's own; 0: the file as a whole."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: Mapping[str, str]
    """Column name → text; a formula is the text that it is written as."""


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[Line, ...]
    slips: tuple[Slip, ...]

    @property
    def sha256(self) -> str:
        """Of what it says: saved again in other characters it is the same file."""
        said = json.dumps([sorted(line.cells.items()) for line in self.lines], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def read_sheet(content: bytes, wanted: Sequence[str]) -> Sheet:
    """The filled lines of a file that has the columns `wanted`."""
    if len(content) > MOST_BYTES:
        return _refused("ファイルが2MBを超えています。いくつかのファイルに分けてください。")
    text = _decoded(content)
    if text is None:
        return _refused("文字を読めません。表計算ソフトで「CSV UTF-8」として保存しなおしてください。")
    try:
        rows = _rows(text)
        header = [cell.strip() for cell in next(rows, (1, []))[1]]
        if slips := _wrong_header(header, wanted):
            return Sheet((), slips)
        filled = list(islice(((number, cells) for number, cells in rows if any(map(str.strip, cells))), MOST_ROWS + 1))
    except csv.Error:
        return _refused("表として読めません。ひな形に入れなおして、CSVで保存してください。")
    if not filled:
        return _refused("1行めの下に、承認がありません。1行に1人ずつ入れてください。")
    if len(filled) > MOST_ROWS:
        return _refused(f"{MOST_ROWS:,}行を超えています。{MOST_ROWS:,}行までのファイルに分けてください。")
    lines = tuple(Line(number, dict(zip(header, map(_clean, cells), strict=False))) for number, cells in filled)
    return Sheet(lines, tuple(_wrong_cells(filled, header)))


def _decoded(content: bytes) -> str | None:
    for characters in ("utf-8-sig", "cp932"):
        try:
            return content.decode(characters)
        except UnicodeDecodeError:
            continue
    return None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each with the number of the line on which it begins; one at a time, for a file may be nothing but lines."""
    reader, begins = csv.reader(io.StringIO(text, newline="")), 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


def _wrong_header(header: Sequence[str], wanted: Sequence[str]) -> tuple[Slip, ...]:
    if len(header) > MOST_COLUMNS:
        return (Slip(1, "", f"列が{MOST_COLUMNS}を超えています。ひな形の1行めを、そのまま使ってください。"),)
    if not any(header):
        return (Slip(0, "", "1行めに何も入っていません。ひな形に入れて、CSVで保存してください。"),)
    missing = [
        Slip(1, name, "この列がありません。ひな形の1行めを、そのまま使ってください。")
        for name in wanted
        if name not in header
    ]
    strange = [
        Slip(1, name, "この列は読めません。列を消すか、ひな形の名前に直してください。")
        for name in header
        if name and name not in wanted
    ]
    twice = {name for name in header if name and header.count(name) > 1}
    return (
        *missing,
        *strange,
        *(Slip(1, name, "同じ名前の列が2つあります。1つにしてください。") for name in sorted(twice)),
    )


def _wrong_cells(rows: Sequence[tuple[int, list[str]]], header: Sequence[str]) -> list[Slip]:
    slips = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            slips.append(Slip(number, "", '列が多すぎます。「,」の入った欄は、「"」で囲んでください。'))
        long = (name for name, cell in zip(header, cells, strict=False) if len(cell) > MOST_CELL)
        slips += [Slip(number, name, f"{MOST_CELL}字までにしてください。") for name in long]
    return slips


def _clean(cell: str) -> str:
    """Without the mark that a spreadsheet's file has before a text that looks like a formula."""
    typed = cell.strip()
    return typed.removeprefix("'")


def _refused(sentence: str) -> Sheet:
    return Sheet((), (Slip(0, "", sentence),))
