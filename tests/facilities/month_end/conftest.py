"""A clinic of Kodaira's in March 2026: what its contract pays, and families who came."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, ContractPrice, Facility, MonthReport, Payment
from facilities.selectors.month_sheet import MonthSheet, month_sheet
from facilities.services.attending import attend
from facilities.services.month_sending import send_month
from facilities.services.paying import pay
from postpartum_portal.accounts.models import User
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.staff.conftest import Book, book, desk, stand  # noqa: F401 - fixtures

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)

Come = Callable[..., Booking]
Send = Callable[..., MonthReport]


@pytest.fixture
def contract(clinic: Facility, kodaira: Municipality, decider: User) -> Callable[..., ContractPrice]:
    """Enter what the contract pays of a kind, for a day of use unless told otherwise."""

    def enter(
        amount: int, *, kind: str = "use", per: str = "day", service: str = "short_stay", starts: dt.date | None = None
    ) -> ContractPrice:
        with scopes_disabled():
            return ContractPrice.objects.create(
                municipality=kodaira,
                facility=clinic,
                service=service,
                key=kind,
                per=per,
                amount=amount,
                starts_on=starts,
                entered_by=decider,
                entered_at=clock.now(),
            )

    return enter


@pytest.fixture
def come(book: Book, receptionist: User, clock_at: Any) -> Come:  # noqa: F811
    """A family stays from 3月11日 to 13日, and pays what it owes unless told otherwise."""

    def made(*, paid: bool = True, **wishes: Any) -> Booking:
        clock_at.move_to("2026-03-05T10:00:00+09:00")
        booking = book(**wishes)
        clock_at.move_to(f"{booking.first_day}T10:00:00+09:00")
        with tenant(facility=booking.facility_id):
            attend(booking, by=receptionist, at=clock.now())
            if paid and booking.quote["total"]:
                settle(booking, by=receptionist)
        return booking

    return made


@pytest.fixture
def sheet(clinic: Facility, kodaira: Municipality) -> Callable[..., MonthSheet]:
    """A month as its page shows it."""

    def read(month: dt.date = MARCH) -> MonthSheet:
        with tenant(facility=clinic.pk):
            return month_sheet(clinic.pk, kodaira, month, today=clock.today())

    return read


@pytest.fixture
def send(clinic: Facility, kodaira: Municipality, receptionist: User, sheet: Callable[..., MonthSheet]) -> Send:
    """Send a month as it is looked at."""

    def sent(month: dt.date = MARCH, *, answer: str = "") -> MonthReport:
        seen = sheet(month).seen
        with tenant(facility=clinic.pk):
            return send_month(clinic, kodaira, month, seen=seen, answer=answer, by=receptionist, at=clock.now())

    return sent


def settle(booking: Booking, *, by: User, amount: int | None = None) -> Payment:
    """What she owes for the use is received."""
    yen = booking.quote["total"] if amount is None else amount
    token = f"pay-{booking.pk}-{Payment.objects.filter(booking=booking).count()}"
    return pay(booking, kind=Payment.Kind.USE, label="利用料", amount=yen, form_token=token, by=by, at=clock.now())
