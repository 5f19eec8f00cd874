"""The facility's part of that Thursday: months to pay and to ask for, places to release and to fill, days to choose."""

import datetime as dt
from typing import Any

from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, ContractPrice, Facility, MonthReport, Offering, Pattern
from facilities.selectors.month_sheet import month_sheet
from facilities.services.block_ward import keep_for_ward
from facilities.services.contracts import enter_price, to_enter
from facilities.services.month_centre import accept
from facilities.services.month_sending import send_month
from facilities.services.payment_lists import make_list
from facilities.services.suggesting import OtherDays, suggest_days
from postpartum_portal.shared import clock
from tests import factories

MAY, LAST_MAY_USE = dt.date(2026, 5, 1), dt.date(2026, 5, 20)
ALL_WEEK = [2] * 8


def prepare(town: Municipality, clinic: Facility, asked: Booking, today: dt.date) -> None:
    """`asked`: a request that the clinic answers with another day, which nobody chooses; `today`: as it will be."""
    day_use = Offering.objects.get(facility=clinic, municipality=town, service="day_service")
    staff, nurse, decider = (
        factories.StaffMembershipFactory(facility=clinic).user,
        *(factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider")),
    )
    at = clock.now()

    _pay_may(town, clinic, staff, nurse, decider)
    _keep_for_ward(clinic, day_use, today, staff)
    other = OtherDays(dt.date(2026, 6, 21), dt.time(10))
    stay = Offering.objects.select_related("facility", "contract").get(
        facility=clinic, municipality=town, service=asked.service
    )
    suggest_days(asked, stay, [other], reason="満室のため", form_token="other", by=staff, at=at)


def _pay_may(town: Municipality, clinic: Facility, staff: Any, nurse: Any, decider: Any) -> None:
    """One clinic's May is paid by a list; another has not sent its own."""
    other = Facility.objects.get(code="nakano-clinic")
    factories.StaffMembershipFactory(facility=other)
    Municipality.objects.filter(pk=town.pk).update(month_end_day=10)
    for facility in (clinic, other):
        _used(town, facility)
    contract = Contract.objects.get(municipality=town, facility=clinic)
    price: dict[str, Any] = {"amount": 12_000, "per": ContractPrice.Per.DAY, "starts_on": dt.date(2026, 4, 1)}
    with scopes_disabled():
        enter_price(to_enter(contract, "day_service", ContractPrice.Kind.USE, **price), by=decider, at=clock.now())
        seen = month_sheet(clinic.pk, town, MAY, today=clock.today()).seen
        report = send_month(clinic, town, MAY, seen=seen, by=staff, at=clock.now())
        accept(MonthReport.objects.get(pk=report.pk), revision=1, by=nurse, at=clock.now())
        make_list(town, [report.pk], by=decider, at=clock.now())


def _used(town: Municipality, facility: Facility) -> None:
    factories.BookingFactory(
        municipality=town,
        facility=facility,
        service="day_service",
        first_day=LAST_MAY_USE,
        last_day=LAST_MAY_USE,
        status=Booking.Status.ATTENDED,
        units={"stay_and_day": 1, "day": 1},
        quote={"lines": [], "total": 2_000, "class": "general", "version": 1},
    )


def _keep_for_ward(clinic: Facility, day_use: Offering, today: dt.date, staff: Any) -> None:
    """A place of a day to come that the ward may have until today, and a week to fill months with."""
    pattern = Pattern.objects.create(
        facility=clinic, place=day_use.place, numbers=ALL_WEEK, ward_places=1, ward_days=3, months_ahead=2
    )
    keep_for_ward(pattern, {today + dt.timedelta(days=3): 1}, by=staff, at=clock.now())
