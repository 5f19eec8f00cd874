"""The visit before the visits: it costs nothing, may be moved and given up; the visits come after it, all or none."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Preparation, Wish
from facilities.services.arranging import arrange
from facilities.services.arranging_visits import VisitRefused, arrange_visits
from facilities.services.booking import NotBookable
from facilities.services.cancelling import cancel
from facilities.services.preparations import (
    PlannedAlready,
    TooSoon,
    cancel_preparation,
    finish_preparation,
    move_preparation,
    plan_preparation,
)
from facilities.services.wishing import take_wish
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.arranging import WEDNESDAY, supporters, wished
from tests.facilities.shown import FREE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MONDAY, TEN = dt.date(2026, 3, 9), dt.time(10)


@pytest.fixture
def visit(kodaira: Municipality, entitlement: Entitlement) -> Offering:
    return supporters(kodaira)


@pytest.fixture
def supporter(visit: Offering) -> Any:
    return factories.StaffMembershipFactory(facility=visit.facility).user


def planned(wish: Wish, visit: Offering, *, by: Any, form: str = "plan") -> Preparation:
    return plan_preparation(wish, visit, day=MONDAY, arrival=TEN, form_token=form, by=by, at=clock.now())


def booked(
    row: Preparation, visit: Offering, *visits: tuple[dt.date, dt.time], by: Any, **changes: Any
) -> list[Booking]:
    said = {"hours": Decimal(2), "note": "", "form_token": "visits", "at": clock.now(), **changes}
    return arrange_visits(row, visit, visits=visits, by=by, **said)


def left(entitlement: Entitlement) -> int:
    return Pool.objects.get(entitlement=entitlement, code="supporter").left


def test_preparation__is_moved_given_up_and_planned_anew_and_takes_nothing(
    entitlement: Entitlement, visit: Offering, nurse: Any, supporter: Any, mother: Any
) -> None:
    wish = wished(entitlement)
    row, stale = planned(wish, visit, by=nurse), Preparation.objects.get()
    assert planned(wish, visit, by=nurse) == row
    with pytest.raises(PlannedAlready):
        planned(wish, visit, by=nurse, form="another")

    move_preparation(row, day=MONDAY, arrival=dt.time(14), contact_at=clock.now(), by=supporter, at=clock.now())
    with pytest.raises(Overtaken):
        cancel_preparation(stale, contact_at=clock.now(), by=nurse, at=clock.now())
    with pytest.raises(TooSoon):
        finish_preparation(row, agreed="水曜の午後", by=supporter, at=clock.now())
    cancel_preparation(row, contact_at=clock.now(), by=nurse, at=clock.now())

    assert planned(wish, visit, by=nurse, form="another").status == Preparation.Status.PLANNED
    assert (left(entitlement), Wish.objects.get().status) == (5, Wish.Status.OPEN)
    told = [mail.text for mail in Mail.objects.filter(to=mother.email, kind__startswith="preparation").order_by("pk")]
    assert ["14:00" in text for text in told] == [False, True, False, False]
    assert Mail.objects.filter(kind="preparation_asked", to=supporter.email).count() == 2


def test_visits__come_after_it_all_or_none_confirmed_and_each_for_itself(
    entitlement: Entitlement, visit: Offering, nurse: Any, supporter: Any, mother: Any, clock_at: Any
) -> None:
    wish = wished(entitlement)
    with pytest.raises(NotBookable) as refusal:
        arrange(
            wish, visit, first_day=WEDNESDAY, last_day=WEDNESDAY, arrival=TEN, hours=Decimal(2), note="",
            form_token="early", by=nurse, at=clock.now(),
        )  # fmt: skip
    assert [finding.code for finding in refusal.value.findings] == ["preparation"]
    row = planned(wish, visit, by=nurse)
    with pytest.raises(PermissionDenied):
        booked(row, visit, (WEDNESDAY, TEN), by=nurse)

    clock_at.move_to(dt.datetime(2026, 3, 9, 12, tzinfo=clock.TOKYO))
    finish_preparation(row, agreed="水曜と木曜の10時から", by=supporter, at=clock.now())
    days = [WEDNESDAY, WEDNESDAY + dt.timedelta(days=1)]
    with pytest.raises(VisitRefused) as refused:
        booked(row, visit, (days[0], TEN), (days[1], dt.time(16)), by=nurse)
    assert (refused.value.number, Booking.objects.count(), left(entitlement)) == (1, 0, 5)

    first, second = booked(row, visit, *((day, TEN) for day in days), by=nurse)
    assert booked(row, visit, *((day, TEN) for day in days), by=nurse) == [first, second]

    assert {first.status, second.status} == {Booking.Status.CONFIRMED}
    assert (first.wish, left(entitlement)) == (wish, 3)
    own = Wish.objects.get(bookings=second)
    assert (own.status, own.taken_by) == (Wish.Status.ARRANGED, nurse)
    cancel(second, contact_at=clock.now(), shown=FREE, by=mother, at=clock.now())
    assert (Booking.objects.get(pk=first.pk).status, left(entitlement)) == (Booking.Status.CONFIRMED, 4)


def test_wish__taken_down_on_the_phone__says_who_called_and_when_and_needs_no_account(
    entitlement: Entitlement, visit: Offering, nurse: Any, mother: Any
) -> None:
    said: dict[str, Any] = {
        "service": "supporter_visit",
        "words": "平日の午前",
        "first_days": [],
        "days": 1,
        "note": "",
        "vaccination_days": [],
        "caller": Wish.Caller.FAMILY,
        "heard_at": clock.now() - dt.timedelta(hours=2),
        "at": clock.now(),
    }
    with pytest.raises(PermissionDenied):
        take_wish(entitlement, form_token="own", by=mother, **said)
    entitlement.citizen = None
    entitlement.save()

    wish = take_wish(entitlement, form_token="phone", by=nurse, **said)

    assert (wish.caller, wish.taken_by, wish.made_at, wish.citizen) == ("family", nurse, said["heard_at"], None)
    assert not Mail.objects.filter(kind="wish_received").exists()
    planned(wish, visit, by=nurse)
    assert not Mail.objects.filter(kind="preparation_planned").exists()
