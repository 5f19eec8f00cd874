"""Setting places: the service itself."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scopes_disabled

from facilities.models import Booking, DayCapacity, Facility
from facilities.services.capacity import BelowBooked, NotToBeSet, Shortage, set_places
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.staff.conftest import FRIDAY, WEDNESDAY, Book

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def set_as(by: Any, facility: Facility, wanted: dict[str, int], *days: dt.date) -> None:
    with tenant(facility=facility.pk):
        set_places(facility, wanted, days=days, by=by, at=clock.now())


def test_set__opens_days_that_were_never_set(receptionist: Any, clinic: Facility) -> None:
    far = dt.date(2027, 5, 1)

    set_as(receptionist, clinic, {"short_stay": 4}, far)

    with scopes_disabled():
        row = DayCapacity.objects.get(day=far)
    assert (row.place, row.used, row.limit) == ("short_stay", 0, 4)


def test_set__down_to_what_is_booked__is_possible(receptionist: Any, clinic: Facility, book: Book) -> None:
    book()

    set_as(receptionist, clinic, {"short_stay": 1}, WEDNESDAY)

    with scopes_disabled():
        assert DayCapacity.objects.get(place="short_stay", day=WEDNESDAY).left == 0


def test_set__below_what_is_booked__names_each_day_and_changes_none(
    receptionist: Any, clinic: Facility, book: Book
) -> None:
    book()

    with pytest.raises(BelowBooked) as refusal:
        set_as(receptionist, clinic, {"short_stay": 0, "day_service": 5}, WEDNESDAY, FRIDAY, dt.date(2026, 3, 16))

    assert refusal.value.shortages == (Shortage("short_stay", WEDNESDAY, 0, 1), Shortage("short_stay", FRIDAY, 0, 1))
    with scopes_disabled():
        assert set(DayCapacity.objects.values_list("limit", flat=True)) == {2}
    assert not Event.objects.filter(verb="capacity.set").exists()


def test_set__is_written_down_with_who_and_what(receptionist: Any, clinic: Facility) -> None:
    set_as(receptionist, clinic, {"short_stay": 1}, FRIDAY, WEDNESDAY)

    event = Event.objects.get(verb="capacity.set")
    assert (event.actor_id, event.facility_id) == (receptionist.pk, clinic.pk)
    assert event.data == {"days": ["2026-03-11", "2026-03-13"], "places": ["short_stay:1"]}


def test_set__by_somebody_who_does_not_work_there__is_denied(clinic: Facility) -> None:
    with pytest.raises(PermissionDenied):
        set_as(factories.UserFactory(), clinic, {"short_stay": 1}, WEDNESDAY)


@pytest.mark.parametrize(("kind", "day"), [("short_stay", dt.date(2026, 3, 4)), ("sauna", WEDNESDAY)])
def test_set__of_a_past_day_or_an_unknown_kind__is_refused(
    kind: str, day: dt.date, receptionist: Any, clinic: Facility
) -> None:
    with pytest.raises(NotToBeSet):
        set_as(receptionist, clinic, {kind: 1}, day)


def test_set__leaves_another_facility_alone(receptionist: Any, clinic: Facility) -> None:
    neighbour = Facility.objects.get(name__contains="中野")
    factories.open_places(neighbour, limit=3)

    set_as(receptionist, clinic, {"short_stay": 0}, WEDNESDAY)

    with scopes_disabled():
        assert DayCapacity.objects.get(facility=neighbour, place="short_stay", day=WEDNESDAY).limit == 3


@pytest.mark.parametrize("state", ["confirmed", "cancelled_in_time"])
def test_first_set__counts_only_bookings_that_hold_a_place(
    state: str, receptionist: Any, clinic: Facility, book: Book
) -> None:
    with scopes_disabled():
        DayCapacity.objects.all().delete()
    Facility.objects.update(keeps_capacity=False)
    booking = book()
    with scopes_disabled():
        Booking.objects.filter(pk=booking.pk).update(status=state, contact_at=clock.now())

    set_as(receptionist, clinic, {"short_stay": 2, "day_service": 2}, WEDNESDAY)

    with scopes_disabled():
        used = DayCapacity.objects.get(place="short_stay", day=WEDNESDAY).used
        assert used == (1 if state == "confirmed" else 0)
        assert not [found for found in check() if found.what == "day"]
