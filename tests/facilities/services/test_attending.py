"""The day itself."""

import datetime as dt
from typing import Any

import pytest

from applications.models import HouseholdClass, Pool
from applications.public import Entitlement
from facilities.models import Booking
from facilities.public import ConsequenceChanged, Shown, TooEarly, attend, confirm, no_show
from facilities.services.attending import preview_no_show
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests.facilities.conftest import Ask
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db

ARRIVAL = dt.datetime(2026, 3, 11, 10, 5, tzinfo=clock.TOKYO)


@pytest.fixture
def booked(ask: Ask, receptionist: Any) -> Booking:
    return confirm(ask(), by=receptionist, at=clock.now())


def test_attend__keeps_units_used_and_the_price_as_quoted(booked: Booking, receptionist: Any) -> None:
    quote = booked.quote

    attend(booked, by=receptionist, at=ARRIVAL)

    assert booked.status == Booking.Status.ATTENDED
    assert booked.quote == quote
    assert Pool.objects.get(code="stay").used == 3


def test_attend__reckons_the_price_by_the_class_of_that_day(
    booked: Booking, receptionist: Any, entitlement: Entitlement
) -> None:
    HouseholdClass.objects.create(
        household=entitlement.birth.household,
        municipality_id=entitlement.municipality_id,
        code="tax_exempt",
        proof="tax_exemption_certificate",
        starts_on=dt.date(2026, 3, 10),
    )

    attend(booked, by=receptionist, at=ARRIVAL)

    assert [line["amount"] for line in booked.quote["lines"]] == [5000, 5000, -10000]
    assert booked.quote["total"] == 0


def test_attend__before_the_first_day__is_refused(booked: Booking, receptionist: Any) -> None:
    with pytest.raises(TooEarly):
        attend(booked, by=receptionist, at=ARRIVAL - dt.timedelta(days=1))


def test_no_show__counts_the_days_and_tells_the_mother(booked: Booking, receptionist: Any) -> None:
    no_show(booked, shown=Shown.of(preview_no_show(booked)), by=receptionist, at=ARRIVAL)

    assert booked.status == Booking.Status.NO_SHOW
    assert booked.consequence["counted"] == booked.units
    assert Pool.objects.get(code="stay").used == 3
    assert "来所なしと記録しました" in Mail.objects.get(kind="booking_no_show").text


def test_no_show__of_which_something_else_was_told__does_nothing(booked: Booking, receptionist: Any) -> None:
    with pytest.raises(ConsequenceChanged) as changed:
        no_show(booked, shown=FREE, by=receptionist, at=ARRIVAL)

    assert changed.value.consequence.counted == booked.units
    assert Booking.objects.get(pk=booked.pk).status == Booking.Status.CONFIRMED
    assert not Mail.objects.filter(kind="booking_no_show").exists()
