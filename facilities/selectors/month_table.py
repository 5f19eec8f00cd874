"""A month's lines as a table of a file."""

from collections.abc import Iterator

from postpartum_portal.shared.exports.cells import Value
from postpartum_portal.shared.exports.writing import Written, unfit_report, written
from postpartum_portal.shared.models import Export

from .month_sheet import MonthSheet

HEADS = (
    "月",
    "自治体",
    "氏名",
    "予約番号",
    "種類",
    "サービス",
    "はじめの日",
    "終わりの日",
    "長さ",
    "委託料",
    "お支払い額",
    "受け取りの記録",
    "市の負担",
    "備考",
)


def table_of(sheet: MonthSheet, form: str) -> Written:
    """The table in one of `Export.Form`; in CP932 stands 〓 for each character that it does not have."""
    return written(form, f"{sheet.month:%Y-%m}", HEADS, _rows(sheet))


def unfit_of(sheet: MonthSheet) -> str:
    """The characters that CP932 does not have, each once: 髙﨑 fit, 𠮷 does not."""
    return "".join(dict.fromkeys(item.character for item in table_of(sheet, Export.Form.CP932).unfit))


def unfit_table(sheet: MonthSheet) -> bytes:
    """Where they stand, as a file."""
    return unfit_report(table_of(sheet, Export.Form.CP932).unfit)


def _rows(sheet: MonthSheet) -> Iterator[tuple[Value, ...]]:
    """A row for each line; amounts as numbers, empty where nothing is claimed or known."""
    for row, card in zip(sheet.rows, sheet.cards, strict=True):
        yield (
            f"{sheet.month:%Y-%m}",
            sheet.municipality.name,
            card.guest,
            card.number,
            str(card.kind.label),
            card.service,
            row.first_day,
            row.last_day,
            card.length,
            card.price,
            card.collected,
            "あり" if card.recorded else "なし",
            card.public_share,
            card.note,
        )
