"""One family's prices together: what is stored, what it costs in statements, and two tabs at once."""

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering
from facilities.public import Shown, cancel, preview, request_booking
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.at_once import at_once, needs_real_threads
from tests.facilities.conftest import Ask
from tests.facilities.walking import offering, sample_facilities
from tests.processes.racing import in_rounds

JULY = dt.date(2026, 7, 1)


@pytest.fixture
def family(kawasaki: Municipality, clock_at: Any) -> Entitlement:
    """A child born on 5月1日; it is 6月1日, and all of Kawasaki's uses are left."""
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    return granted(kawasaki)


def granted(kawasaki: Municipality) -> Entitlement:
    sample_facilities()
    mother = factories.UserFactory()
    factories.EntitlementFactory(
        municipality=kawasaki, birth__household__citizen=mother, birth__born_on=dt.date(2026, 5, 1)
    )
    with tenant(municipality=kawasaki.pk):
        found = entitlement_of(mother, kawasaki)
    assert found is not None
    return found


def visit(family: Entitlement, day: dt.date, chosen: Offering) -> Booking:
    assert family.citizen is not None
    with tenant(municipality=family.municipality_id, citizen=family.citizen_id):
        return request_booking(
            family,
            chosen,
            first_day=day,
            last_day=day,
            arrival=None,
            note="",
            form_token=f"visit-{family.pk}-{day}",
            by=family.citizen,
            at=clock.now(),
        )


def visits(family: Entitlement, number: int) -> list[Booking]:
    chosen = offering(family.municipality, "home_visit")
    return [visit(family, JULY + dt.timedelta(days=ahead), chosen) for ahead in range(number)]


def prices(family: Entitlement) -> list[int]:
    """What each open booking costs, in the order of their days."""
    with scopes_disabled():
        rows = Booking.objects.filter(entitlement=family, status__in=Booking.LIVE).order_by("first_day")
        return [row.quote["total"] for row in rows]


@pytest.mark.django_db
def test_booking_earlier__changes_the_stored_price_of_the_last_and_is_written_down(
    family: Entitlement, kawasaki: Municipality
) -> None:
    last = visits(family, 5)[-1]

    visit(family, dt.date(2026, 6, 28), offering(kawasaki, "home_visit"))

    assert prices(family) == [2500] * 5 + [5000]
    with scopes_disabled():
        assert Event.objects.filter(verb="booking.repriced", subject_id=last.pk).count() == 1
        assert last.quote["total"] == 2500  # the row in hand is older than what is stored


@pytest.mark.django_db
def test_cancelling_late__leaves_the_reduction_to_the_others(family: Entitlement, clock_at: Any) -> None:
    booked = visits(family, 6)
    with tenant(municipality=family.municipality_id):
        Booking.objects.filter(pk=booked[0].pk).update(status=Booking.Status.CONFIRMED)
        first = Booking.objects.select_related("facility", "entitlement__birth", "citizen", "municipality").get(
            pk=booked[0].pk
        )
        clock_at.move_to("2026-06-30T12:00:00+09:00")
        late = preview(first, contact_at=clock.now())
        assert family.citizen is not None
        cancel(first, contact_at=clock.now(), shown=Shown.of(late), by=family.citizen, at=clock.now())

    assert late.kind == "late"
    assert prices(family) == [2500] * 5


@pytest.mark.django_db
def test_booking__where_no_reduction_counts_uses__costs_no_statement_more_for_others(ask: Ask) -> None:
    with CaptureQueriesContext(connection) as alone:
        ask()
    with CaptureQueriesContext(connection) as with_another:
        ask(first_day=dt.date(2026, 4, 1), last_day=dt.date(2026, 4, 2))

    assert len(with_another) <= len(alone)


@pytest.mark.django_db(transaction=True)
@needs_real_threads
@in_rounds(2)
def test_two_tabs_at_once__end_with_the_prices_of_the_order(kawasaki: Municipality, clock_at: Any, rounds: int) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")
    for _ in range(rounds):
        family = granted(kawasaki)
        chosen = offering(kawasaki, "home_visit")
        visits(family, 4)
        days = [dt.date(2026, 6, 27), dt.date(2026, 6, 28)]

        at_once(*(partial(visit, family, day, chosen) for day in days), told=())

        assert prices(family) == [2500] * 5 + [5000]


@pytest.mark.django_db(transaction=True)
@needs_real_threads
@in_rounds(2)
def test_booking_while_another_is_cancelled__ends_with_the_prices_of_the_order(
    kawasaki: Municipality, clock_at: Any, rounds: int
) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")

    def give_up(booking: Booking) -> None:
        assert booking.citizen is not None
        with tenant(municipality=booking.municipality_id):
            cancel(
                booking,
                contact_at=clock.now(),
                shown=Shown.of(preview(booking, contact_at=clock.now())),
                by=booking.citizen,
                at=clock.now(),
            )

    for _ in range(rounds):
        family = granted(kawasaki)
        booked = visits(family, 6)
        chosen = offering(kawasaki, "home_visit")

        at_once(partial(give_up, booked[0]), partial(visit, family, dt.date(2026, 6, 28), chosen), told=())

        assert prices(family) == [2500] * 5 + [5000]
