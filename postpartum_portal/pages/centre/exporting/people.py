"""The tables about people. Answers about health are in none; an auditor gets no way to reach a mother."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from applications.public import Application, address_for, application_numbers
from facilities.public import bookings_counted
from postpartum_portal.accounts.models import Membership
from postpartum_portal.pages.centre.numbers.cases import amount, with_case
from postpartum_portal.pages.centre.numbers.labels import labels_of
from postpartum_portal.shared import clock, wareki
from postpartum_portal.shared.exports import Column, Table, register_table, span_of
from postpartum_portal.shared.models import Export

OFFICE = frozenset({str(Membership.Role.CENTRE), str(Membership.Role.DECIDER)})
"""Who works on cases, and so may write to a mother or phone her."""


def _applications(export: Export) -> Any:
    rows = application_numbers.applications_counted(span_of(export), {"of": "received"})
    return rows.select_related("birth__household", "decision", "imported").defer(
        "answers", "decision__facts", "decision__findings"
    )


def _application_columns(export: Export) -> Iterable[Column]:
    viewer, at = export.asked_by, clock.now()
    return (
        Column("受付番号", lambda row: row.number),
        Column("氏名", lambda row: row.birth.household.name),
        Column("ふりがな", lambda row: row.birth.household.kana),
        Column("生年月日", lambda row: row.birth.household.birth_date),
        Column("住所", lambda row: address_for(row.birth.household, viewer, at=at), OFFICE),
        Column("電話番号", lambda row: row.birth.household.phone, OFFICE),
        Column("届き方", lambda row: row.get_channel_display()),
        Column("受付日", lambda row: clock.day_of(row.submitted_at)),
        Column("受付日(和暦)", lambda row: wareki.no_weekday(clock.day_of(row.submitted_at))),
        Column("状態", lambda row: row.status_label),
        Column("決定", lambda row: _decided(row, "get_outcome_display")),
        Column("決定日", lambda row: _decided_on(row)),
        Column("決定日(和暦)", lambda row: wareki.no_weekday(day) if (day := _decided_on(row)) else None),
        Column("待った日数", application_numbers.days_waited),
        Column("出産予定日", lambda row: row.birth.due_date),
        Column("生まれた日", lambda row: row.birth.born_on),
        Column("子どもの人数", lambda row: row.birth.children),
    )


def _decided(row: Application, name: str) -> str:
    decision = getattr(row, "decision", None)
    return str(getattr(decision, name)()) if decision else ""


def _decided_on(row: Application) -> dt.date | None:
    decision = getattr(row, "decision", None)
    return decision.decided_on if decision else None


def _bookings(export: Export) -> Any:
    return with_case(bookings_counted(span_of(export), {})).select_related("facility")


def _booking_columns(export: Export) -> Iterable[Column]:
    labels = labels_of(export.municipality_id)
    return (
        Column("予約番号", lambda row: row.number),
        Column("受付番号", lambda row: row.case),
        Column("氏名", lambda row: row.entitlement.birth.household.name),
        Column("サービス", lambda row: labels.services.get(row.service, row.service)),
        Column("施設", lambda row: row.facility.name),
        Column("はじめの日", lambda row: row.first_day),
        Column("おわりの日", lambda row: row.last_day),
        Column("日数", lambda row: (row.last_day - row.first_day).days + 1),
        Column("状態", lambda row: row.status_label),
        Column("区分", lambda row: labels.classes.get(row.household, row.household)),
        Column("減免", lambda row: "あり" if row.reduced else "なし"),
        Column("本人の負担(円)", lambda row: amount(row.quote.get("total"))),
        Column("減免と公費(円)", lambda row: amount(row.quote.get("public"))),
        Column("取り消しの連絡", lambda row: row.contact_at),
        Column(
            "取り消しでかかったお金(円)",
            lambda row: amount(row.consequence["total"]) if "total" in row.consequence else "",
        ),
        Column("子どもの人数", lambda row: row.entitlement.birth.children),
    )


def _letter_columns(_export: Export) -> Iterable[Column]:
    return (
        Column("文書番号", lambda row: row.label),
        Column("年度", lambda row: row.fiscal_year),
        Column("番号", lambda row: row.number),
        Column("手紙", lambda row: row.name),
        Column("状態", lambda row: row.get_status_display()),
        Column("無効の理由", lambda row: row.void_reason),
        Column("受付番号", lambda row: row.case),
        Column("あて先の氏名", lambda row: row.household.name if row.household else ""),
        Column("番号を付けた日", lambda row: clock.day_of(row.created_at)),
        Column("番号を付けた日(和暦)", lambda row: wareki.no_weekday(clock.day_of(row.created_at))),
        Column("発行した日時", lambda row: row.issued_at),
        Column("郵送した日", lambda row: row.posted_on),
        Column("届いた日", lambda row: row.delivered_on),
        Column("本人が画面で読んだ日時", lambda row: row.first_read_at),
    )


register_table(
    Table("applications", "申請の一覧", "選んだ期間に受け付けた申請", columns=_application_columns, rows=_applications)
)
register_table(
    Table(
        "bookings",
        "予約と利用の一覧",
        "使いはじめる日が、選んだ期間に入る予約",
        columns=_booking_columns,
        rows=_bookings,
    )
)
register_table(
    Table(
        "letters",
        "決定と手紙の台帳",
        "選んだ期間に番号を付けた手紙。無効になった番号も入ります",
        columns=_letter_columns,
        rows=lambda export: application_numbers.letters_counted(span_of(export)),
    )
)
