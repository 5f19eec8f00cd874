"""Paying by list: accepted months of several facilities, put together by a decider, paid on a day or given up."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from django.db import transaction
from django.db.models import QuerySet

from eligibility.public import Municipality
from facilities.models import MonthReport, PaymentEntry, PaymentList
from facilities.models.payment_list import ISSUE_PAYMENT_LIST
from facilities.selectors.months import payable_reports
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events, jobs, wareki
from postpartum_portal.shared.lifecycle import Overtaken, authorise, pass_transition

from .list_numbers import next_number


def make_list(municipality: Municipality, reports: Collection[int], *, by: User, at: dt.datetime) -> PaymentList:
    """Put accepted months on a list with the next number; whom it names and how much never changes again.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre.
        NotPayable: none was chosen, one of them is not accepted or is on a list already; nothing has happened.
        Owing: corrections leave a facility owing money; its later months must go onto the same list.
        SeriesClosed: after a restore, until the last number is entered.
    """
    row = PaymentList(municipality=municipality, made_by=by, made_at=at)
    authorise(by, "facilities.pay_by_list", row)
    with transaction.atomic():
        Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)  # one list after the other
        # Locked: whoever takes an acceptance back waits, and then finds the list.
        list(MonthReport.objects.filter(pk__in=reports).order_by("pk").select_for_update(of=("self",), no_key=True))
        chosen = list(payable_reports(municipality.pk).filter(pk__in=reports))
        _judge(chosen, reports)
        row.fiscal_year = wareki.fiscal_year(clock.day_of(at))
        row.number = next_number(municipality, row.fiscal_year)
        row.total = sum(report.public_share or 0 for report in chosen)
        row.save()
        PaymentEntry.objects.bulk_create(_entries(row, chosen))
        events.record("payment_list.made", row, at=at, by_id=by.pk, number=row.number, total=row.total)
        jobs.enqueue(ISSUE_PAYMENT_LIST, row.pk, at=at, queue="letters", municipality_id=municipality.pk)
    return row


def record_paid(row: PaymentList, *, on: dt.date, by: User, at: dt.datetime) -> None:
    """Note on which day the municipality has paid: each facility reads it on its month.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre, or works at one of the facilities.
        NotYet: that day is still to come.
        Overtaken: it was paid or given up before.
    """
    authorise(by, "facilities.pay_by_list", row)
    if on > clock.day_of(at):
        raise NotYet
    with transaction.atomic():
        if not _open(row).update(paid_on=on, paid_at=at, paid_by=by):
            raise Overtaken(row)
        for entry in row.entries.select_related("report").order_by("report"):
            authorise(by, "facilities.pay_month", entry.report)
            pass_transition(entry.report.pay, paid_on=on, paid_at=at, paid_by=by)
            events.record("month.paid", entry.report, at=at, by_id=by.pk)
        events.record("payment_list.paid", row, at=at, by_id=by.pk, day=on.isoformat())


def void_list(row: PaymentList, *, reason: str, by: User, at: dt.datetime) -> None:
    """Give a list up before it is paid: its number is not used again, its months wait for another.

    Raises:
        PermissionDenied: `by` does not decide at the municipality's centre.
        Overtaken: it was paid or given up before.
    """
    authorise(by, "facilities.pay_by_list", row)
    with transaction.atomic():
        if not _open(row).update(voided_at=at, voided_by=by, void_reason=reason):
            raise Overtaken(row)
        row.entries.update(voided=True)
        events.record("payment_list.voided", row, at=at, by_id=by.pk)


def _open(row: PaymentList) -> QuerySet[PaymentList]:
    return PaymentList.objects.filter(pk=row.pk, paid_at=None, voided_at=None)


def _judge(chosen: Sequence[MonthReport], asked: Collection[int]) -> None:
    if not chosen or len(chosen) != len(set(asked)):
        raise NotPayable
    sums: Counter[int] = Counter()
    for report in chosen:
        sums[report.facility_id] += report.public_share or 0
    if any(yen < 0 for yen in sums.values()):
        raise Owing


def _entries(row: PaymentList, reports: Sequence[MonthReport]) -> Iterator[PaymentEntry]:
    for order, report in enumerate(reports, 1):
        yield PaymentEntry(
            payment_list=row,
            municipality_id=row.municipality_id,
            facility_id=report.facility_id,
            report=report,
            order=order,
            payee=report.snapshot.get("legal_name") or report.snapshot.get("facility") or report.facility.name,
            account=_account(report),
            amount=report.public_share or 0,
        )


def _account(report: MonthReport) -> str:
    """見本銀行 小平支店 普通 1234567 ミホン: as the claim names it; "" where it names none."""
    return " ".join(part for name in ("bank", "account", "holder") if (part := report.snapshot.get(name)))


class NotPayable(Exception):
    """A month that was chosen is not accepted, or is on a list."""


class Owing(Exception):
    """A facility would owe the municipality money by a list."""


class NotYet(Exception):
    """A list was to have been paid on a day to come."""
