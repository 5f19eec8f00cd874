"""Rows as the bytes of a file: CSV in two encodings, or a workbook."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from postpartum_portal.shared.models import Export

from .cells import FORMULA, Value, plain, text_of

Row = Sequence[Value]
IN_PLACE = "〓"
"""The printer's sign (下駄記号) for a character that is not at hand."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A character that the encoding does not have: in which row of the file (1 is the heads), under which head."""

    row: int
    head: str
    character: str
    text: str


@dataclass(slots=True)
class Written:
    """`unfit`: what stands as `IN_PLACE` in the file; `rows` without the heads."""

    content: bytes = b""
    rows: int = 0
    unfit: list[Unfit] = field(default_factory=list)


def written(form: str, title: str, heads: Sequence[str], rows: Iterable[Row]) -> Written:
    """The file in one of `Export.Form`."""
    if form == Export.Form.XLSX:
        return _workbook(title, heads, rows)
    return _csv(heads, rows, western=form == Export.Form.CSV)


def unfit_report(unfit: Iterable[Unfit]) -> bytes:
    """Which characters do not stand in the file, as a file that can hold them."""
    heads = ("行", "列", "文字", "文字の番号", "もとの文")
    rows = ((item.row, item.head, item.character, f"U+{ord(item.character):04X}", item.text) for item in unfit)
    return _csv(heads, rows, western=True).content


def _csv(heads: Sequence[str], rows: Iterable[Row], *, western: bool) -> Written:
    """`western`: UTF-8 with its mark, by which a spreadsheet knows it; else CP932."""
    done, text = Written(), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        done.rows += 1
        cells = [text_of(value) for value in row]
        writer.writerow(cells if western else _fitted(cells, heads, done))
    done.content = text.getvalue().encode("utf-8-sig" if western else "cp932")
    return done


def _fitted(cells: list[str], heads: Sequence[str], done: Written) -> list[str]:
    """Cells that CP932 can hold; what it cannot is noted, never dropped in silence."""
    fitted = []
    for head, text in zip(heads, cells, strict=True):
        if _fits(text):
            fitted.append(text)
            continue
        missing = [character for character in text if not _fits(character)]
        done.unfit += [Unfit(done.rows + 1, head, character, text) for character in missing]
        fitted.append("".join(IN_PLACE if character in missing else character for character in text))
    return fitted


def _fits(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _workbook(title: str, heads: Sequence[str], rows: Iterable[Row]) -> Written:
    done, book, content = Written(), Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, head) for head in heads])
    for row in rows:
        done.rows += 1
        sheet.append([_cell(sheet, value) for value in row])
    book.save(content)
    done.content = content.getvalue()
    return done


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> object:
    """Text as text, whatever it begins with; the quote prefix keeps it so when somebody edits the cell."""
    shown = plain(value)
    if not isinstance(shown, str):
        return shown
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(IN_PLACE, shown))
    cell.data_type = "s"
    cell.quotePrefix = shown.startswith(FORMULA)
    return cell


def _bold(sheet: WriteOnlyWorksheet, head: str) -> object:
    cell = WriteOnlyCell(sheet, head)
    cell.font = Font(bold=True)
    return cell
