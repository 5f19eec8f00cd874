"""The months that facilities claim, as the centre lists them: what waits for it first, then month by month."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from facilities.models import Booking, Facility, MonthReport, PaymentEntry
from postpartum_portal.shared import wareki
from postpartum_portal.shared.span import Span, next_month

from .month_books import claimable, kind_of

Status = Booking.Status


@dataclass(frozen=True, slots=True)
class FacilityMonth:
    """One facility in a month. `report` None: it has something to claim and has sent nothing yet."""

    facility: Facility
    report: MonthReport | None

    @property
    def missing(self) -> bool:
        return self.report is None or self.report.is_open


@dataclass(frozen=True, slots=True)
class MonthPage:
    month: dt.date
    rows: tuple[FacilityMonth, ...]
    earlier: dt.date
    later: dt.date | None

    @property
    def label(self) -> str:
        return f"{wareki.month(self.month)}分"

    @property
    def missing(self) -> tuple[FacilityMonth, ...]:
        return tuple(row for row in self.rows if row.missing)

    @property
    def sum(self) -> int:
        """What is claimed by the months that were sent, in yen."""
        return sum(row.report.public_share or 0 for row in self.rows if row.report and not row.report.is_open)


def waiting_reports(municipality: int) -> QuerySet[MonthReport]:
    """Sent and not checked yet, the one that waits longest first."""
    found = MonthReport.objects.filter(municipality=municipality, status=MonthReport.Status.SUBMITTED)
    return found.select_related("facility").order_by("submitted_at", "pk")


def payable_reports(municipality: int) -> QuerySet[MonthReport]:
    """Accepted and on no list yet, whatever their month, facility by facility."""
    listed = PaymentEntry.objects.filter(municipality=municipality, voided=False).values("report")
    found = MonthReport.objects.filter(municipality=municipality, status=MonthReport.Status.ACCEPTED).exclude(
        pk__in=listed
    )
    return found.select_related("facility", "municipality").order_by("facility", "month")


def month_page(municipality: int, month: dt.date, *, today: dt.date) -> MonthPage:
    """Every facility that has sent the month or has something to claim in it. Three statements."""
    found = MonthReport.objects.filter(municipality=municipality, month=month).select_related("facility")
    reports = {report.facility_id: report for report in found}
    claiming = {*reports, *facilities_claiming(municipality, month)}
    rows = [FacilityMonth(row, reports.get(row.pk)) for row in Facility.objects.filter(pk__in=claiming)]
    later = next_month(month)
    return MonthPage(
        month=month,
        rows=tuple(sorted(rows, key=lambda row: not row.missing)),
        earlier=(month - dt.timedelta(days=1)).replace(day=1),
        later=later if later <= today else None,
    )


def facilities_claiming(municipality: int, month: dt.date) -> set[int]:
    """Facilities with a use or an absence of the month, or somebody of whom nobody said whether she came.

    A use belongs to the month of its last day, an absence to that in which it was recorded (`month_of`).
    """
    days = Span(month, next_month(month) - dt.timedelta(days=1))
    came = Q(status__in=[Status.ATTENDED, Status.CONFIRMED], last_day__gte=days.first, last_day__lte=days.last)
    absent = claimable() & ~Q(status=Status.ATTENDED) & Q(closed_at__gte=days.begins, closed_at__lt=days.ends)
    rows = Booking.objects.filter(came | absent, municipality=municipality)
    return {row.facility_id for row in rows if row.status == Status.CONFIRMED or kind_of(row)}
