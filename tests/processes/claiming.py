"""A clinic's months under a contract, for races about claiming them. Each of its families comes for one use."""

import datetime as dt
from typing import Any

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, ContractPrice, Facility, MonthReport, Payment
from facilities.month_end import NOTHING, Amounts
from facilities.public import Shown
from facilities.selectors.month_books import books_of
from facilities.selectors.month_sheet import MonthSheet, month_sheet
from facilities.services.attending import preview_no_show
from facilities.services.month_centre import accept
from facilities.services.month_sending import send_month
from facilities.services.paying import void_payment
from postpartum_portal.shared import clock
from postpartum_portal.shared.span import next_month
from tests import factories
from tests.processes.racing import mother_of

PRICE, DUE, RECEIVED = 30_000, 10_000, 9_000
"""Yen for a use, to be paid by her, and as it stands on her receipt."""


def under_contract(town: Municipality) -> Facility:
    """Its contract pays by the use, and as much for whoever stays away."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    for kind in ("use", "no_show"):
        ContractPrice.objects.create(
            municipality=town,
            facility=facility,
            service="short_stay",
            key=kind,
            per="use",
            amount=PRICE,
            entered_at=clock.now(),
        )
    return facility


def month_ago(ago: int) -> dt.date:
    """The first day of a month."""
    day = clock.today().replace(day=1)
    for _ in range(ago):
        day = (day - dt.timedelta(days=1)).replace(day=1)
    return day


def last_minute_of(month: dt.date) -> dt.datetime:
    return dt.datetime.combine(next_month(month), dt.time(), clock.TOKYO) - dt.timedelta(minutes=1)


def came(town: Municipality, clinic: Facility, mother: Entitlement, month: dt.date) -> Booking:
    day = month + dt.timedelta(days=9)
    made: Booking = factories.BookingFactory(
        municipality=town,
        facility=clinic,
        entitlement=mother,
        status="attended",
        first_day=day,
        last_day=day + dt.timedelta(days=1),
        quote={"lines": [], "total": DUE},
        attended_at=clock.now(),
        closed_at=clock.now(),
    )
    return made


def expected(town: Municipality, clinic: Facility, mother: Entitlement, month: dt.date) -> Booking:
    """From the last day of a month into the next, of which nobody says whether she came."""
    last = next_month(month)
    made: Booking = factories.BookingFactory(
        municipality=town,
        facility=clinic,
        entitlement=mother,
        status="confirmed",
        first_day=last - dt.timedelta(days=1),
        last_day=last,
        units={},
        quote={"lines": [], "total": DUE},
    )
    return made


def receipt_of(booking: Booking, desk: Any, number: int) -> Payment:
    return Payment.objects.create(
        municipality_id=booking.municipality_id,
        facility_id=booking.facility_id,
        booking=booking,
        kind="use",
        label="利用料",
        amount=RECEIVED,
        paid_at=clock.now(),
        by=desk,
        receipt=f"R{number}",
        form_token=f"R{number}",
    )


def corrected_by_next(town: Municipality, clinic: Facility, desk: Any, nurse: Any) -> MonthReport:
    """The month before last, agreed to; a receipt of it was voided since, so the last month corrects it."""
    month = month_ago(2)
    receipt = receipt_of(came(town, clinic, mother_of(town), month), desk, 0)
    report = send_as_seen(clinic, town, month, sheet_of(clinic, town, month).seen, desk)
    accept(report, revision=report.revision, by=nurse, at=clock.now())
    void_payment(receipt, reason="打ちまちがい", by=desk, at=clock.now())
    return report


def sheet_of(clinic: Facility, town: Municipality, month: dt.date) -> MonthSheet:
    return month_sheet(clinic.pk, town, month, today=clock.today())


def send_as_seen(clinic: Facility, town: Municipality, month: dt.date, seen: str, desk: Any) -> MonthReport:
    return send_month(clinic, town, month, seen=seen, by=desk, at=clock.now())


def told(booking: Booking) -> Shown:
    return Shown.of(preview_no_show(Booking.objects.get(pk=booking.pk)))


def claimed_by(report: MonthReport) -> Amounts:
    return Amounts(report.price or 0, report.collected or 0)


def to_come(clinic: Facility, town: Municipality, month: dt.date) -> Amounts:
    """What an open month would claim now."""
    return sheet_of(clinic, town, month).total or NOTHING


def owed(clinic: Facility, town: Municipality) -> Amounts:
    """What all that is on record comes to, reckoned anew."""
    claims = books_of(clinic.pk, town.pk, today=clock.today()).ledger.claims.values()
    return sum((claim.amounts or NOTHING for claim in claims), NOTHING)
