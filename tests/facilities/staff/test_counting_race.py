"""A facility's first setting of places against a mother who cancels: neither may hold what the other waits for.

Cancelling moves a booking, then a day, then the family's other bookings, whose prices may follow.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.db.models import F
from django_scopes import scopes_disabled

from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility
from facilities.public import cancel, set_places
from facilities.services import cancelling, counting
from facilities.services.integrity import check
from facilities.services.requoting import settle_prices
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories
from tests.facilities.at_once import at_once, needs_real_threads
from tests.facilities.services.test_requoting import granted, visit
from tests.facilities.shown import FREE
from tests.facilities.walking import offering

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

JULY = dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _june(kawasaki: Municipality, clock_at: Any) -> None:
    clock_at.move_to("2026-06-01T10:00:00+09:00")


def shared_day(kawasaki: Municipality, first: dt.date) -> tuple[Booking, Booking]:
    """A mother's two visits, both before the facility counts: of the second its day is counted, and another's is not.

    The price that is stored with the first has to be stored anew, whoever looks at the family next.
    """
    family, others, second = granted(kawasaki), granted(kawasaki), first + dt.timedelta(days=1)
    chosen = offering(kawasaki, "home_visit")
    with scopes_disabled():
        Facility.objects.filter(pk=chosen.facility_id).update(keeps_capacity=False)
        chosen.facility.keeps_capacity = False
        earlier, later = visit(family, first, chosen), visit(family, second, chosen)
        visit(others, second, chosen)
        Booking.objects.filter(pk=earlier.pk).update(quote={**earlier.quote, "total": 1})
        Booking.objects.filter(pk=later.pk).update(place=chosen.place)
        DayCapacity.objects.create(facility=chosen.facility, place=chosen.place, day=second, limit=1, used=1)
        rows = Booking.objects.select_related("facility", "entitlement__birth", "citizen", "municipality")
        return earlier, rows.get(pk=later.pk)


def after(meeting: Barrier, step: Callable[..., Any]) -> Callable[..., Any]:
    def waited(*args: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):  # the other one waits for a lock, as it should
            meeting.wait()
        return step(*args, **named)

    return waited


def give_up(booking: Booking) -> None:
    assert booking.citizen is not None
    with tenant(municipality=booking.municipality_id):
        cancel(booking, contact_at=clock.now(), shown=FREE, by=booking.citizen, at=clock.now())


def test_counting_in_while_one_cancels__leaves_every_counter_right(
    kawasaki: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each stops where it holds what the other will want, as long as the other can get as far as that too."""
    meeting = Barrier(2, timeout=2)
    monkeypatch.setattr(counting, "_take", after(meeting, counting._take))
    monkeypatch.setattr(cancelling, "settle_prices", after(meeting, settle_prices))
    earlier, later = shared_day(kawasaki, JULY)
    receptionist = factories.StaffMembershipFactory(facility=later.facility).user

    at_once(
        partial(give_up, later),
        partial(set_places, later.facility, {later.place: 3}, days=[later.first_day], by=receptionist, at=clock.now()),
        told=(),
    )

    with scopes_disabled():
        assert Booking.objects.get(pk=earlier.pk).quote["total"] == 2500
        assert [wrong for wrong in check() if wrong.what == "day"] == []


def test_control__one_booking_and_its_days_after_the_other__blocks_both(kawasaki: Municipality) -> None:
    """Without it the test above would prove nothing: rows after days, without holding the family, is a deadlock."""
    earlier, later = shared_day(kawasaki, JULY)
    both_hold = Barrier(2, timeout=10)

    def count_carelessly() -> None:
        with transaction.atomic():
            Booking.objects.filter(pk=earlier.pk).update(place=later.place)
            both_hold.wait()
            DayCapacity.objects.filter(day=later.first_day).update(used=F("used") + 1, limit=F("limit") + 1)

    def cancel_carelessly() -> None:
        with transaction.atomic():
            DayCapacity.objects.filter(day=later.first_day).update(used=F("used") - 1)
            both_hold.wait()
            Booking.objects.filter(pk=earlier.pk).update(quote=earlier.quote)

    found = at_once(count_carelessly, cancel_carelessly, told=(OperationalError,))

    assert [type(outcome) for outcome in found if outcome is not None] == [OperationalError]
