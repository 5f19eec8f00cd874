"""Kodaira's clinic under contract with Zushi too, and a family of each with a name that stands nowhere else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, Contract, Facility, Offering
from postpartum_portal.accounts.models import User
from tests import clients, factories
from tests.facilities.walking import MAY_CHILD, Family, family

MARKS = {"kodaira": "小平印の人", "zushi": "逗子印の人"}
POOLS = {"kodaira": {"stay": 2, "stay_and_day": 2, "stay_nights": 1}, "zushi": {"all": 2}}
"""What two days take."""
QUOTE = {"lines": [], "total": 5000, "reduced": False, "public": 0, "class": "", "version": 0}
STATES = ["requested", "confirmed", "no_show", "cancelled_late"]


@pytest.fixture
def clinic_of_both(clinic: Facility, kodaira: Municipality, zushi: Municipality) -> Facility:
    """Kodaira's clinic, which Zushi has a contract with as well: one source of places."""
    with scopes_disabled():
        place = {"municipality": zushi, "facility": clinic}
        contract = Contract.objects.create(**place)
        Offering.objects.create(contract=contract, service="short_stay", place="short_stay", **place)
    return clinic


@pytest.fixture
def family_of_each(clinic_of_both: Facility, kodaira: Municipality, zushi: Municipality) -> dict[str, Family]:
    """One of each municipality, under a name that stands nowhere else, with a booking in each state."""
    found = {}
    for town in (kodaira, zushi):
        home = family(town, **MAY_CHILD, household__name=MARKS[town.slug], household__kana="しるし")
        for number, status in enumerate(STATES):
            first = dt.date(2026, 6, 1) + dt.timedelta(days=2 * number)
            factories.BookingFactory(
                municipality=town,
                facility=clinic_of_both,
                entitlement=home.entitlement,
                service="short_stay",
                status=status,
                first_day=first,
                last_day=first + dt.timedelta(days=1),
                arrival=dt.time(10),
                units=POOLS[town.slug],
                note=f"{MARKS[town.slug]}の希望",
                requested_at=dt.datetime(2026, 5, 20, tzinfo=dt.UTC),
                quote=QUOTE,
                **_closed(status),
            )
        found[town.slug] = home
    return found


def signed_in(user: User) -> Client:
    """With the second factor that staff need."""
    return clients.signed_in(clients.enrolled(user))


def bookings(facility: Facility) -> list[Booking]:
    with scopes_disabled():
        return list(Booking.objects.filter(facility=facility).select_related("municipality"))


def _closed(status: str) -> dict[str, Any]:
    if status in Booking.LIVE:
        return {}
    at = dt.datetime(2026, 6, 1, 1, tzinfo=dt.UTC)
    consequence = {
        "kind": "late",
        "code": "cancel_deadline",
        "counted": {},
        "returned": {},
        "lines": [{"label": "キャンセル料", "arithmetic": "", "amount": 2000}],
        "total": 2000,
        "headline": "",
        "money_text": "2,000円がかかります。",
        "fact": "期限を過ぎています。",
        "source": "きまりの文",
    }
    contact = {"contact_at": at} if status == "cancelled_late" else {}
    return {"closed_at": at, "consequence": consequence, **contact}
