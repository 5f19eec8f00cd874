"""When a family's case was closed, what holds its erasing back, and what is due: for the dry run, the page and the job.

Nothing is named here but ids, codes, case numbers and days.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from applications.letting_go import UNDER_REVIEW, case_closing, closed_before, erased_already, unfinished_letters
from applications.public import Household, with_case
from eligibility.engine import Keeping, Record, fiscal_year, kept_until
from eligibility.public import Municipality, keeping_on
from facilities.erasing import SHEET
from facilities.models import Booking, MonthLine, MonthReport, Wish
from postpartum_portal.shared import clock

from .owed_fees import owed_fee

ONE_DAY = dt.timedelta(days=1)
OF_A_CASE = (Record.DOCUMENT, Record.SCREENING, Record.MESSAGE, Record.LETTER, Record.CARE, Record.MONEY)
"""In the order in which they are erased; the application itself, which names the household, comes last."""
LIVE = "終わっていない予約があります"
WISHED = "日程の調整中の希望があります"
OWED = "受け取っていないキャンセル料があります"
GOES_ON = frozenset({UNDER_REVIEW, LIVE, WISHED})
"""While one of these holds, somebody still works for her: nobody is forgotten then."""
UNSETTLED = "月の請求が、まだ確認されていません"


@dataclass(frozen=True, slots=True)
class Closing:
    """`closed_on`: the last day on which anything of the case happened or may happen; `held`: why it is not over."""

    closed_on: dt.date
    held: tuple[str, ...]
    approved: bool


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """One record of one subject. `until`: the last day on which it is kept; `case`: a number that leads to it."""

    until: dt.date
    subject_kind: str
    subject_id: int
    record: str
    closed_on: dt.date
    case: str
    held: tuple[str, ...] = ()

    def over(self, on: dt.date) -> bool:
        return self.until < on and not self.held


def closing_of(household: Household, *, on: dt.date) -> Closing:
    """A dozen statements; the same under the locks of `purging`, where nothing of it can change."""
    days, held, approved = case_closing(household, on=on)
    if household.erased_at and (known := closed_before(household)):
        return Closing(known, (), approved)
    bookings = list(Booking.objects.filter(entitlement__birth__household=household).order_by("pk"))
    days += [booking.last_day for booking in bookings]
    if any(booking.status in Booking.LIVE for booking in bookings):
        held.append(LIVE)
    if Wish.objects.filter(entitlement__birth__household=household, status=Wish.Status.OPEN).exists():
        held.append(WISHED)
    if any((fee := owed_fee(booking)) and fee.open for booking in bookings):
        held.append(OWED)
    if any(map(_unsettled, bookings)):
        held.append(UNSETTLED)
    held += unfinished_letters(household, on=on)
    return Closing(max(days), tuple(held), approved)


def due_of_household(household: Household, keeping: Mapping[Record, Keeping], *, on: dt.date) -> list[Due]:
    """Each record that has a time, over or not, in the order in which they are erased."""
    closing = closing_of(household, on=on)
    last = Record.APPLICATION if closing.approved else Record.REFUSAL
    return [
        Due(
            kept_until(closing.closed_on, keeping[record].years),
            "household",
            household.pk,
            record,
            closing.closed_on,
            household.case,  # type: ignore[attr-defined]  # annotated by `with_case`
            closing.held,
        )
        for record in (*OF_A_CASE, last)
        if record in keeping
    ]


def due_of_month(report: MonthReport, keeping: Mapping[Record, Keeping]) -> Due | None:
    """A month's papers and the names in it; None where the money's time is nowhere said."""
    if Record.MONEY not in keeping:
        return None
    settled = report.status in MonthReport.SETTLED
    day = report.paid_on or (clock.day_of(report.accepted_at) if report.accepted_at else report.month)
    until = kept_until(day, keeping[Record.MONEY].years)
    held = () if settled else (UNSETTLED,)
    return Due(until, "month", report.pk, SHEET, day, str(report.number), held)


def candidates(keeping: Mapping[Record, Keeping], *, on: dt.date) -> tuple[Q, Q]:
    """What may be over by `on` at all, of households and of months: begun before the shortest time."""
    years = min((kept.years for kept in keeping.values()), default=0)
    earliest = dt.date(fiscal_year(on) - years, 4, 1)
    return Q(created_at__lt=clock.end_of(earliest - ONE_DAY)), Q(erased_at=None, month__lt=earliest)


def due_ones(municipality: Municipality, *, on: dt.date, after: int = 0) -> Iterator[Due]:
    """All whose time is over by `on`, held back or not, months first, then households after the key `after`.

    What was erased for the same closing is not told again.
    """
    keeping = keeping_on(municipality, on)
    if not keeping:
        return
    households, months = candidates(keeping, on=on)
    done = erased_already(municipality)
    for report in MonthReport.objects.filter(months, municipality=municipality).order_by("pk"):
        due_month = due_of_month(report, keeping)
        if due_month and due_month.until < on:
            yield due_month
    rows = Household.objects.filter(households, municipality=municipality, pk__gt=after)
    for household in with_case(rows).order_by("pk").iterator(chunk_size=200):
        for due in due_of_household(household, keeping, on=on):
            if due.until < on and (due.subject_kind, due.subject_id, due.record, due.closed_on) not in done:
                yield due


def _unsettled(booking: Booking) -> bool:
    """Whether its month is still to be agreed to: a line that is not, or none where this facility sends its months."""
    if booking.status not in Booking.COUNTED:
        return False
    lines = MonthLine.objects.filter(booking=booking)
    if lines.exists():
        return lines.exclude(report__status__in=MonthReport.SETTLED).exists()
    sent = MonthReport.objects.filter(municipality=booking.municipality_id, facility=booking.facility_id)
    return sent.filter(month__lte=booking.last_day).exclude(status__in=MonthReport.SETTLED).exists()
