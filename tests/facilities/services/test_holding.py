"""Days kept for a caller: counters move at once, the code is hers for fifteen minutes, and nothing falls in between."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Hold, Offering
from facilities.services.booking import DayFull, NotBookable
from facilities.services.holding import hold_days, release_hold
from facilities.services.holding_entry import HoldOver, TooManyGuesses, WrongCode, enter_hold, find_hold
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import tasks
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.conftest import Ask

pytestmark = pytest.mark.django_db

WEDNESDAY, FRIDAY = dt.date(2026, 3, 11), dt.date(2026, 3, 13)


def keep(offering: Offering, by: Any, **changes: Any) -> Hold:
    asked: dict[str, Any] = {
        "first_day": WEDNESDAY,
        "last_day": FRIDAY,
        "arrival": None,
        "form_token": "t",
        "at": clock.now(),
    }
    return hold_days(offering, **{**asked, **changes}, by=by)


def enter(hold: Hold, entitlement: Entitlement, **changes: Any) -> Booking:
    said: dict[str, Any] = {
        "arrival": dt.time(10),
        "note": "",
        "siblings": False,
        "by": entitlement.citizen,
        "at": clock.now(),
    }
    return enter_hold(hold, entitlement, **{**said, **changes})


def used(offering: Offering) -> list[int]:
    days = DayCapacity.objects.filter(place=offering.place, facility=offering.facility, day__range=(WEDNESDAY, FRIDAY))
    return [day.used for day in days]


def test_hold_days__takes_a_place_on_each_day_and_no_units(
    entitlement: Entitlement, stay: Offering, receptionist: Any
) -> None:
    hold = keep(stay, receptionist)

    assert used(stay) == [1, 1, 1]
    assert (len(hold.code), hold.expires_at - hold.made_at) == (6, dt.timedelta(minutes=15))
    assert not Pool.objects.filter(used__gt=0).exists()
    assert check() == []
    assert keep(stay, receptionist).pk == hold.pk, "a form sent twice is one hold"


def test_hold_days__takes_no_place_that_is_not_there(stay: Offering, receptionist: Any) -> None:
    keep(stay, receptionist, form_token="1")
    keep(stay, receptionist, form_token="2")

    with pytest.raises(DayFull) as full:
        keep(stay, receptionist, form_token="3", first_day=FRIDAY, last_day=FRIDAY + dt.timedelta(days=1))

    assert full.value.days == (FRIDAY,)
    assert used(stay) == [2, 2, 2]


def test_hold_days__keeps_nothing_that_the_rules_close_to_everybody(stay: Offering, receptionist: Any) -> None:
    with pytest.raises(NotBookable) as past:
        keep(stay, receptionist, first_day=dt.date(2026, 3, 1), last_day=dt.date(2026, 3, 2))
    with pytest.raises(NotBookable) as short:
        keep(stay, receptionist, last_day=WEDNESDAY)
    with pytest.raises(PermissionDenied):
        keep(stay, factories.UserFactory())

    assert [item.code for item in past.value.findings] == ["not_past"]
    assert [item.code for item in short.value.findings] == ["shape"]
    assert used(stay) == [0, 0, 0]


@pytest.mark.parametrize(("arrival", "at"), [(dt.time(10), "10:00"), (None, "15:30")])
def test_hold_days__keeps_no_hour_of_today_that_is_over(
    stay: Offering, receptionist: Any, clock_at: Any, arrival: dt.time | None, at: str
) -> None:
    clock_at.move_to(f"2026-03-11T{at}:00+09:00")

    with pytest.raises(NotBookable) as over:
        keep(stay, receptionist, arrival=arrival)

    assert [item.code for item in over.value.findings] == ["not_past"]
    assert used(stay) == [0, 0, 0]


def test_enter_hold__hands_the_places_over_and_stands_confirmed(
    entitlement: Entitlement, stay: Offering, receptionist: Any
) -> None:
    hold = keep(stay, receptionist)

    booking = enter(hold, entitlement)

    hold = Hold.objects.get(pk=hold.pk)
    assert (hold.status, hold.booking) == (Hold.Status.ENTERED, booking)
    assert (booking.status, booking.place) == (Booking.Status.CONFIRMED, stay.place)
    assert used(stay) == [1, 1, 1]
    assert Pool.objects.get(code="stay").used == 3
    assert list(Mail.objects.values_list("kind", flat=True)) == ["booking_confirmed"]
    confirmed = Event.objects.get(verb="booking.confirmed", subject_id=booking.pk)
    assert confirmed.actor_id == receptionist.pk, "it was the facility that said yes"
    assert check() == []
    assert enter(hold, entitlement) == booking, "sent twice it is one booking"


def test_enter_hold__against_a_rule__leaves_the_days_kept(
    entitlement: Entitlement, stay: Offering, ask: Ask, receptionist: Any
) -> None:
    ask()
    hold = keep(stay, receptionist)

    with pytest.raises(NotBookable) as refused:
        enter(hold, entitlement)

    assert "one_use_per_day" in [item.code for item in refused.value.findings]
    assert Hold.objects.get().status == Hold.Status.OPEN
    assert used(stay) == [2, 2, 2]


def test_hold__is_over_after_fifteen_minutes__also_where_nobody_has_closed_it(
    entitlement: Entitlement, stay: Offering, receptionist: Any, clock_at: Any
) -> None:
    hold = keep(stay, receptionist)

    with pytest.raises(HoldOver):
        enter(hold, entitlement, at=hold.expires_at)
    assert enter(hold, entitlement, at=hold.expires_at - dt.timedelta(seconds=1)).status == Booking.Status.CONFIRMED


def test_hold__expires_by_itself__and_gives_its_places_back(stay: Offering, receptionist: Any, clock_at: Any) -> None:
    keep(stay, receptionist)
    tasks.sweep()
    assert used(stay) == [1, 1, 1]

    clock_at.shift(dt.timedelta(minutes=15))
    tasks.sweep()
    tasks.sweep()

    assert Hold.objects.get().status == Hold.Status.EXPIRED
    assert used(stay) == [0, 0, 0]


def test_release_hold__gives_the_places_back_once(entitlement: Entitlement, stay: Offering, receptionist: Any) -> None:
    hold = keep(stay, receptionist)

    release_hold(hold, by=receptionist, at=clock.now())

    assert used(stay) == [0, 0, 0]
    with pytest.raises(TransitionNotAllowed):
        release_hold(hold, by=receptionist, at=clock.now())
    with pytest.raises(HoldOver):
        enter(hold, entitlement)


def test_hold__of_a_facility_that_keeps_no_places__is_a_hold_without_counters(
    entitlement: Entitlement, stay: Offering, receptionist: Any
) -> None:
    Facility.objects.update(keeps_capacity=False)
    stay.facility.keeps_capacity = False

    booking = enter(keep(stay, receptionist), entitlement)

    assert (booking.place, used(stay)) == ("", [0, 0, 0])


def test_find_hold__five_wrong_codes__end_the_guessing(
    kodaira: Municipality, entitlement: Entitlement, stay: Offering, receptionist: Any, mother: Any, clock_at: Any
) -> None:
    hold = keep(stay, receptionist)
    wrong = f"{(int(hold.code) + 1) % 10**6:06}"
    for _ in range(5):
        with pytest.raises(WrongCode):
            find_hold(wrong, kodaira, by=mother, at=clock.now())

    with pytest.raises(TooManyGuesses):
        find_hold(hold.code, kodaira, by=mother, at=clock.now())
    assert find_hold(hold.code, kodaira, by=factories.UserFactory(), at=clock.now()) == hold

    clock_at.shift(dt.timedelta(minutes=16))
    with pytest.raises(HoldOver):
        find_hold(hold.code, kodaira, by=mother, at=clock.now())


def test_find_hold__of_another_who_typed_it_first__says_so(
    kodaira: Municipality, entitlement: Entitlement, stay: Offering, receptionist: Any
) -> None:
    hold = keep(stay, receptionist)
    enter(hold, entitlement)

    with pytest.raises(HoldOver) as over:
        find_hold(hold.code, kodaira, by=factories.UserFactory(), at=clock.now())

    assert over.value.hold.status == Hold.Status.ENTERED
