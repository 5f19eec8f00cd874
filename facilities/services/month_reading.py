"""A month's page names guests: that it was looked at is written down."""

import datetime as dt

from eligibility.public import Municipality
from facilities.models import Booking, Facility, MonthReport
from facilities.selectors.month_papers import paper_file
from facilities.selectors.month_sheet import MonthSheet, month_sheet
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock, events

from .reading import READ


def read_sheet(
    facility: Facility, municipality: Municipality, month: dt.date, *, by: User, at: dt.datetime
) -> MonthSheet:
    sheet = month_sheet(facility.pk, municipality, month, today=clock.day_of(at))
    shown = {row.booking_id: row.booking for row in sheet.rows}
    beside = {item.number for item in sheet.differences} - {card.number for card in sheet.cards}
    events.record_reads(READ, [*shown.values(), *Booking.objects.filter(number__in=beside)], at=at, by_id=by.pk)
    return sheet


def read_paper(report: MonthReport, which: str, *, by: User, at: dt.datetime) -> bytes | None:
    """One of a month's papers as it was made; None as long as there is none."""
    found = paper_file(report, which)
    if found:
        events.record_reads("month.paper_read", [report], at=at, by_id=by.pk)
    return found
