"""Sending a month to the municipality: its lines are frozen, and two papers are made of them."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from eligibility.public import Municipality
from facilities.models import Facility, MonthLine, MonthReport
from facilities.models.month_report import ISSUE_MONTH_PAPERS
from facilities.selectors.month_books import books_of
from facilities.selectors.month_papers import paper_snapshot
from facilities.selectors.month_sheet import MonthSheet, draft_sheet
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs
from postpartum_portal.shared.lifecycle import authorise, pass_transition

from .month_withdrawing import forget_lines


def send_month(
    facility: Facility,
    municipality: Municipality,
    month: dt.date,
    *,
    seen: str,
    answer: str = "",
    by: User,
    at: dt.datetime,
) -> MonthReport:
    """Claim a month as it was `seen` on its page; after a return, with an `answer` if there is one.

    Raises:
        PermissionDenied: `by` does not work at the facility.
        NotReady: the month is not over, has nothing to claim, or something must be settled first.
        SheetChanged: it comes to something else than was seen; nothing has happened.
        TransitionNotAllowed: it was sent already.
    """
    row = MonthReport(facility=facility, municipality=municipality, month=month)
    authorise(by, "facilities.close_month", row)
    today = clock.day_of(at)

    with transaction.atomic():
        Facility.objects.select_for_update(no_key=True).get(pk=facility.pk)  # one month of a facility after the other
        books = books_of(facility.pk, municipality.pk, today=today)
        report = books.reports.get(month) or row
        sheet = draft_sheet(books, municipality, month, today=today)
        _judge(report, sheet, seen)

        if report.pk is None:
            report.number = _next_number(report)
            report.save()
        _freeze(report, sheet)
        _pass(report, sheet, answer.strip(), by=by, at=at)
        events.record("month.sent", report, at=at, by_id=by.pk, revision=report.revision)
        key = f"{ISSUE_MONTH_PAPERS}:{report.pk}:{report.revision}"
        jobs.enqueue(ISSUE_MONTH_PAPERS, report.pk, at=at, key=key, queue="letters", municipality_id=municipality.pk)
    return report


class NotReady(Exception):
    """Something is missing that the page names."""


class SheetChanged(Exception):
    """Somebody recorded something while the page was looked at."""


def _judge(report: MonthReport, sheet: MonthSheet, seen: str) -> None:
    if not report.is_open:
        report.submit()  # says that there is no such step
    if sheet.seen != seen:
        raise SheetChanged
    if not sheet.may_be_sent:
        raise NotReady


def _next_number(report: MonthReport) -> int:
    """第1号, 第2号: of this facility under this municipality; the caller holds the facility."""
    rows = MonthReport.objects.filter(facility=report.facility, municipality=report.municipality)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _freeze(report: MonthReport, sheet: MonthSheet) -> None:
    forget_lines(report, and_of=[row.booking_id for row in sheet.rows])
    for row in sheet.rows:
        row.report = report
    MonthLine.objects.bulk_create(sheet.rows)


def _pass(report: MonthReport, sheet: MonthSheet, answer: str, *, by: User, at: dt.datetime) -> None:
    if sheet.total is None:
        raise NotReady
    pass_transition(
        report.submit,
        revision=report.revision + 1,
        price=sheet.total.price,
        collected=sheet.total.collected,
        public_share=sheet.total.public_share,
        snapshot=paper_snapshot(report, on=clock.day_of(at)),
        report_file="",
        claim_file="",
        submitted_at=at,
        submitted_by=by,
        answer=answer,
        looked_at=None,
    )
