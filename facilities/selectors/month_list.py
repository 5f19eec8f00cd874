"""The months of a facility, municipality by municipality: what is to be sent, and how far the others have come."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility, MonthReport
from facilities.month_end import Amounts, total
from postpartum_portal.shared import wareki
from postpartum_portal.shared.span import next_month

from .month_books import Books, books_of, claimable


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month under one municipality. `lines`: how many it has, or would have if it were sent now.

    `total` None: some amount is not determined. `unrecorded`: of how many nobody said whether they came.
    """

    municipality: Municipality
    month: dt.date
    report: MonthReport | None
    lines: int
    total: Amounts | None
    unrecorded: int
    is_over: bool

    @property
    def label(self) -> str:
        return f"{wareki.month(self.month)}分"

    @property
    def returned(self) -> bool:
        return self.report is not None and self.report.status == MonthReport.Status.RETURNED

    @property
    def is_open(self) -> bool:
        return self.report is None or self.report.is_open

    @property
    def to_send(self) -> bool:
        return self.is_open and self.is_over and bool(self.lines or self.unrecorded)

    @property
    def status_label(self) -> str:
        if self.report and not self.report.is_open:
            return self.report.status_label
        if self.returned:
            return str(MonthReport.Status.RETURNED.label)
        if not self.is_over:
            return "月の途中"
        return str(MonthReport.Status.DRAFT.label) if self.lines or self.unrecorded else "請求なし"


def month_rows(facility: Facility, *, today: dt.date) -> list[MonthRow]:
    """All months, those to be sent first, then the latest first. Eight statements for each municipality."""
    rows = [
        row
        for municipality in municipalities_of(facility)
        for row in _rows(books_of(facility.pk, municipality.pk, today=today), municipality, today)
    ]
    rows.sort(key=lambda row: (row.month, -row.municipality.pk), reverse=True)
    return sorted(rows, key=lambda row: not row.to_send)


def municipalities_of(facility: Facility) -> list[Municipality]:
    """Those that it has, or had, a contract with, or anything to claim from."""
    found = set(Contract.objects.filter(facility=facility).values_list("municipality", flat=True))
    claimed = Booking.objects.filter(claimable(), facility=facility).order_by()
    found |= set(claimed.values_list("municipality", flat=True).distinct())
    return list(Municipality.objects.filter(pk__in=found).order_by("pk"))


def _rows(books: Books, municipality: Municipality, today: dt.date) -> Iterator[MonthRow]:
    months = {*books.reports, *books.ledger.open_months, *(row.last_day.replace(day=1) for row in books.unrecorded)}
    frozen = Counter(line.month for line in books.ledger.earlier)
    for month in months:
        report = books.reports.get(month)
        closed = report if report and not report.is_open else None
        entries = [] if closed else books.ledger.entries(month)
        amounts = [entry.amounts for entry in entries if entry.amounts is not None]
        drafted = total(amounts) if len(amounts) == len(entries) else None
        yield MonthRow(
            municipality=municipality,
            month=month,
            report=report,
            lines=frozen[month] if closed else len(entries),
            total=Amounts(closed.price or 0, closed.collected or 0) if closed else drafted,
            unrecorded=sum(row.last_day.replace(day=1) == month for row in books.unrecorded),
            is_over=today >= next_month(month),
        )
