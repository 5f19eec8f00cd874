"""The tables without people: what stands on the pages of 数字."""

from collections.abc import Callable, Iterable

from eligibility.public import Municipality
from postpartum_portal.pages.centre.numbers.asked import Asked
from postpartum_portal.pages.centre.numbers.sheets import Sheet
from postpartum_portal.pages.centre.numbers.tables import dashboard, report
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.exports import Column, Table, register_table, span_of
from postpartum_portal.shared.exports.cells import Value
from postpartum_portal.shared.models import Export

Row = tuple[Value, ...]


def _asked(export: Export) -> Asked:
    span = span_of(export)
    year = wareki.fiscal_year(span.first)
    slug = Municipality.objects.get(pk=export.municipality_id).slug
    return Asked(slug, year, span.first.month, span.last.month, clock.day_of(export.asked_at))


def _sheet(export: Export) -> Sheet:
    return next(sheet for sheet in report(_asked(export), export.municipality_id) if sheet.code == export.sheet)


def _columns(export: Export) -> Iterable[Column]:
    sheet = _sheet(export)
    return [Column(head, _at(place)) for place, head in enumerate((*sheet.keys, *sheet.heads))]


def _rows(export: Export) -> list[Row]:
    return [(*line.labels, *(cell.value for cell in line.cells)) for line in _sheet(export).lines]


def _all_columns(_export: Export) -> Iterable[Column]:
    heads = ("表", "項目", "項目のなか", "数字の名前", "数字")
    return [Column(head, _at(place)) for place, head in enumerate(heads)]


def _all_rows(export: Export) -> list[Row]:
    """Every figure of the dashboard on a line of its own, so that one file holds them all."""
    return [
        (sheet.title, line.labels[0], line.labels[1] if line.labels[1:] else "", head, cell.value)
        for sheet in dashboard(_asked(export), export.municipality_id)
        for line, figures in sheet.rows
        for head, cell in figures
    ]


def _at(place: int) -> Callable[[Row], Value]:
    return lambda row: row[place]


for _code, _title in (
    ("classes", "サービス・区分・減免ごとの利用"),
    ("months", "月ごとの利用(多胎、月齢、きょうだい)"),
    ("details", "月・サービス・区分・減免ごとの利用"),
    ("claims", "委託料と市の負担"),
):
    register_table(
        Table(_code, _title, "市や国に報告する表。名前は入りません", columns=_columns, rows=_rows, personal=False)
    )
register_table(
    Table(
        "numbers",
        "数字のページの表すべて",
        "1行に1つの数字。名前は入りません",
        columns=_all_columns,
        rows=_all_rows,
        personal=False,
    )
)
