"""The last places, asked for by phone and on the web at once: each is had once, and a code is one booking."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Hold, Offering
from facilities.public import DayFull, request_booking
from facilities.services.holding import hold_days, release_hold
from facilities.services.holding_entry import HoldOver, TooManyGuesses, WrongCode, enter_hold, find_hold
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from tests import factories
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

CLIENTS, PLACES, DAYS = 64, 5, 2


@pytest.fixture
def stay(town: Municipality) -> Offering:
    """Five places on every day of the coming month."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=PLACES, days=30)
    rows = Offering.objects.select_related("facility", "contract", "municipality")
    return rows.get(facility=facility, service="short_stay")


@pytest.fixture
def receptionist(stay: Offering) -> Any:
    return factories.StaffMembershipFactory(facility=stay.facility).user


def test_last_places__32_callers_and_32_on_the_web_for_5(town: Municipality, stay: Offering, receptionist: Any) -> None:
    """Whoever is too late is told that the days are full; nobody meets an error."""
    mothers = [mother_of(town) for _ in range(CLIENTS // 2)]

    answers = race(
        [partial(_keep, stay, receptionist, number) for number in range(CLIENTS // 2)]
        + [partial(_ask, mother, stay, number) for number, mother in enumerate(mothers)],
        municipality=town.pk,
    )

    told = Counter("full" if isinstance(answer, DayFull) else type(answer).__name__ for answer in answers)
    assert told["full"] == CLIENTS - PLACES
    assert told["Hold"] + told["Booking"] == PLACES
    assert _taken(stay) == [PLACES] * DAYS
    assert check() == []


def test_last_places__kept_after_a_look__are_oversold(town: Municipality, stay: Offering, receptionist: Any) -> None:
    """The control: without the counter's condition the same crowd gets more than there is."""

    def keep_if_there_seems_to_be_room(number: int) -> None:
        if Hold.objects.filter(facility=stay.facility, first_day=_day()).count() < PLACES:
            _row(stay, receptionist, number).save()

    race([partial(keep_if_there_seems_to_be_room, number) for number in range(CLIENTS)], municipality=town.pk)

    assert Hold.objects.count() > PLACES


def test_one_code__typed_by_16_accounts__is_one_booking(town: Municipality, stay: Offering, receptionist: Any) -> None:
    mothers, hold = [mother_of(town) for _ in range(16)], _keep(stay, receptionist, 0)

    answers = race([partial(_enter, hold, mother) for mother in mothers], municipality=town.pk)

    assert Counter(type(answer) for answer in answers) == {Booking: 1, HoldOver: 15}
    assert Booking.objects.get().status == Booking.Status.CONFIRMED
    assert Pool.objects.filter(code="stay", used__gt=0).count() == 1, "units were taken once"
    assert _taken(stay) == [1] * DAYS
    assert check() == []


def test_one_code__sent_16_times_by_one_account__is_one_booking(
    town: Municipality, stay: Offering, receptionist: Any
) -> None:
    mother, hold = mother_of(town), _keep(stay, receptionist, 0)

    answers = race([partial(_enter, hold, mother) for _ in range(16)], municipality=town.pk)

    assert {answer.pk for answer in answers if isinstance(answer, Booking)} == {Booking.objects.get().pk}
    assert all(isinstance(answer, Booking) for answer in answers)
    assert check() == []


@in_rounds(3)
def test_typing_and_giving_back__at_once__have_one_winner(
    town: Municipality, stay: Offering, receptionist: Any, rounds: int
) -> None:
    for number in range(rounds):
        mother, hold = mother_of(town), _keep(stay, receptionist, number)

        def give_back(hold: Hold) -> Hold:
            return release_hold(Hold.objects.get(pk=hold.pk), by=receptionist, at=clock.now())

        both: list[Callable[[], Any]] = [partial(_enter, hold, mother), partial(give_back, hold)]
        answers = race(both, municipality=town.pk)

        booked, released = (not isinstance(answer, Exception) for answer in answers)
        assert booked != released, answers
        assert check() == []
        DayCapacity.objects.update(limit=PLACES + number + 1)


def test_guessing__in_16_tabs__stops_after_five(town: Municipality, stay: Offering, receptionist: Any) -> None:
    mother, hold = mother_of(town), _keep(stay, receptionist, 0)
    wrong = f"{(int(hold.code) + 1) % 10**6:06}"

    def guess() -> Hold:
        assert mother.citizen is not None
        return find_hold(wrong, town, by=mother.citizen, at=clock.now())

    answers = race([guess] * 16, municipality=town.pk)

    assert Counter(type(answer) for answer in answers) == {WrongCode: 5, TooManyGuesses: 11}


def _day() -> dt.date:
    return clock.today() + dt.timedelta(days=10)


def _span() -> dict[str, Any]:
    return {"first_day": _day(), "last_day": _day() + dt.timedelta(days=DAYS - 1)}


def _keep(stay: Offering, by: Any, number: int) -> Hold:
    return hold_days(stay, **_span(), arrival=None, form_token=f"call-{number}", by=by, at=clock.now())


def _ask(mother: Entitlement, stay: Offering, number: int) -> Booking:
    assert mother.citizen is not None
    token = f"web-{number}"
    return request_booking(
        mother, stay, **_span(), arrival=dt.time(10), note="", form_token=token, by=mother.citizen, at=clock.now()
    )


def _enter(hold: Hold, mother: Entitlement) -> Booking:
    assert mother.citizen is not None
    return enter_hold(hold, mother, arrival=dt.time(10), note="", siblings=False, by=mother.citizen, at=clock.now())


def _row(stay: Offering, by: Any, number: int) -> Hold:
    """A hold nobody counted."""
    return Hold(
        municipality_id=stay.municipality_id,
        facility=stay.facility,
        service=stay.service,
        place=stay.place,
        **_span(),
        code=f"{number:06}",
        form_token=f"control-{number}",
        made_by=by,
        expires_at=clock.now() + dt.timedelta(minutes=15),
    )


def _taken(stay: Offering) -> list[int]:
    span = _span()
    days = DayCapacity.objects.filter(
        facility=stay.facility, place=stay.place, day__range=(span["first_day"], span["last_day"])
    )
    return [day.used for day in days]
