"""A facility's month and a payment list as files, offered on their own pages."""

from collections.abc import Iterable
from typing import Any

from facilities.public import MonthReport, lines_as_bookings, payment_entries
from postpartum_portal.pages.centre.numbers.cases import with_case
from postpartum_portal.shared.exports import Column, Table, register_table
from postpartum_portal.shared.models import Export

MONTH, PAYMENTS = "month_lines", "payment_list"


def _lines(export: Export) -> Any:
    return with_case(lines_as_bookings(export.narrowed["about"]))


def _line_columns(export: Export) -> Iterable[Column]:
    report = MonthReport.objects.select_related("facility").get(pk=export.narrowed["about"])
    return (
        Column("施設", lambda _row: report.facility.name),
        Column("月", lambda _row: report.month),
        Column("予約番号", lambda row: row.number),
        Column("受付番号", lambda row: row.case),
        Column("氏名", lambda row: row.guest),
        Column("種類", lambda row: row.line_kind_label),
        Column("サービス", lambda row: row.label),
        Column("はじめの日", lambda row: row.first_day),
        Column("おわりの日", lambda row: row.last_day),
        Column("委託料(円)", lambda row: row.line_price),
        Column("利用者負担(円)", lambda row: row.line_collected),
        Column("市の負担(円)", lambda row: row.line_public_share),
    )


def _entry_columns(_export: Export) -> Iterable[Column]:
    return (
        Column("番", lambda entry: entry.order),
        Column("支払先", lambda entry: entry.payee),
        Column("施設", lambda entry: entry.facility.name),
        Column("月", lambda entry: entry.report.month),
        Column("請求の番号", lambda entry: entry.report.number),
        Column("振込先", lambda entry: entry.account),
        Column("金額(円)", lambda entry: entry.amount),
    )


register_table(Table(MONTH, "月の実績の明細", "", columns=_line_columns, rows=_lines, listed=False))
register_table(
    Table(
        PAYMENTS,
        "支払一覧",
        "",
        columns=_entry_columns,
        rows=lambda export: payment_entries(export.narrowed["about"]),
        personal=False,
        listed=False,
    )
)
