"""U2: what somebody typed is text in every file that is given out, whatever a spreadsheet would make of it."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django_scopes import scopes_disabled
from openpyxl import load_workbook

from postpartum_portal.shared import clock
from postpartum_portal.shared.exports import cells, registry, writing
from postpartum_portal.shared.exports.asking import WRITE_EXPORT, files_of
from postpartum_portal.shared.jobs import enqueue, tasks
from postpartum_portal.shared.models import Export
from tests import sources

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMULAS = [f"{lead}1+1" for lead in LEADS] + ["@SUM(1+1)*cmd|' /C calc'!A0", '=HYPERLINK("http://example.jp","x")']
PLAIN = ["髙橋 﨑子", "𠮷田 槗", "①㈱Ⅷ", "葛\U000e0101城", "0042", "a=b", "1-2-3"]
TYPED = [*FORMULAS, *PLAIN]
FORMS = [*Export.Form.values]
BY_HAND = {
    "postpartum_portal/shared/exports/writing.py": {"csv.writer", "Workbook"},
    "applications/importing/columns.py": {"csv.writer"},  # the empty file to fill in: heads of the code's own
}
"""Who may write a table; everybody else goes through the first."""


class Rows(list[str]):
    """As many as there are texts, as a query gives them."""

    def count(self, *_: Any) -> int:
        return len(self)

    def iterator(self, **_: Any) -> Iterator[str]:
        return iter(self)


@pytest.fixture
def all_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every table, each column of each row holds what somebody typed."""
    for code, table in registry._tables.items():

        def columns(export: Export, asks: Any = table.columns) -> list[Any]:
            try:
                found = [*asks(export)]
            except ObjectDoesNotExist:  # its heads are those of one row, which nobody made here
                found = [registry.Column("内容", str)]
            return [replace(column, value=lambda row: row) for column in found]

        odd = replace(table, columns=columns, rows=lambda _export: Rows(TYPED), personal=False)
        monkeypatch.setitem(registry._tables, code, odd)


def file_of(town: Any, by: Any, sheet: str, form: str) -> bytes:
    """The file that a worker writes of the table."""
    narrowed = {"first": "2026-03-01", "last": "2026-03-31", "about": 1}
    asked = {"purpose": "県への報告に使う", "asked_at": clock.now(), "role": "decider", "narrowed": narrowed}
    export = Export.objects.create(municipality_id=town.pk, asked_by=by, sheet=sheet, form=form, **asked)
    enqueue(WRITE_EXPORT, export.pk, at=clock.now(), municipality_id=town.pk)
    while tasks.sweep():
        pass
    with scopes_disabled():
        export.refresh_from_db()
    with default_storage.open(files_of(export)[0]) as file:
        return bytes(file.read())


def active(form: str, content: bytes) -> list[str]:
    """The cells that a spreadsheet would reckon with, or would ask about."""
    if form == Export.Form.XLSX:
        sheet: Any = load_workbook(io.BytesIO(content)).active
        found = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
        return [str(cell.value) for cell in found if cell.data_type == "f" or _unmarked(cell)]
    text = content.decode("utf-8-sig" if form == Export.Form.CSV else "cp932")
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    return [cell for row in rows for cell in row if cell.startswith(LEADS)]


def _unmarked(cell: Any) -> bool:
    return str(cell.value).startswith(LEADS) and not cell.quotePrefix


@pytest.mark.usefixtures("all_typed")
@pytest.mark.parametrize("form", FORMS)
def test_every_table__holds_formulas_as_text(kodaira: Any, decider: Any, form: str) -> None:
    for sheet in registry._tables:
        content = file_of(kodaira, decider, sheet, form)
        assert not active(form, content), sheet
        assert form != Export.Form.CSV or content.startswith("\ufeff".encode()), "by which a spreadsheet knows UTF-8"
    assert len(registry._tables) >= 8


@pytest.mark.usefixtures("all_typed")
def test_every_table__keeps_what_was_typed_besides(kodaira: Any, decider: Any) -> None:
    for sheet in registry._tables:
        rows = list(csv.reader(io.StringIO(file_of(kodaira, decider, sheet, "csv").decode("utf-8-sig"), newline="")))
        assert [row[0] for row in rows[1:]] == [f"'{text}" for text in FORMULAS] + PLAIN


@pytest.mark.parametrize("form", FORMS)
def test_writer__of_whatever_table_a_facility_takes__holds_formulas_as_text(form: str) -> None:
    done = writing.written(form, "実績", ["名前", "日"], [(text, dt.date(2026, 3, 5)) for text in TYPED])
    assert not active(form, done.content)
    missing = {char for char in "".join(TYPED) if not char.encode("cp932", "ignore")}
    assert {item.character for item in done.unfit} == (missing if form == Export.Form.CP932 else set())


def test_tables__are_written_nowhere_else() -> None:
    writers = {"csv.writer", "csv.DictWriter", "Workbook", "openpyxl.Workbook", "tablib.Dataset", "Dataset"}
    found: dict[str, set[str]] = {}
    for path in sources.modules(*sources.APPS):
        for name, _ in sources.calls(path):
            if name in writers:
                found.setdefault(sources.shown(path), set()).add(name)
    assert found == BY_HAND


@pytest.mark.usefixtures("all_typed")
@pytest.mark.parametrize("form", FORMS)
def test_control__a_writer_without_the_guard_is_seen(
    kodaira: Any, decider: Any, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cells, "FORMULA", ("nothing",))
    monkeypatch.setattr(writing, "FORMULA", ("nothing",))
    sheet = next(iter(registry._tables))
    assert len(active(form, file_of(kodaira, decider, sheet, form))) >= len(LEADS)
