"""The last place goes to one of those who move to it or book it, and one booking has one move; with a control."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Move, Offering
from facilities.public import cancel, confirm, request_booking
from facilities.services.integrity import check
from facilities.services.move_answers import accept_move
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import factories
from tests.facilities.moves import move_to
from tests.facilities.shown import FREE
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

CLIENTS = 8
OLD, NEW = 10, 20
"""Days from today."""


@pytest.fixture
def stay(town: Municipality) -> Offering:
    """Room for all on the old days, one place on each of the new ones."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=CLIENTS, days=60)
    DayCapacity.objects.filter(day__gte=_day(NEW)).update(limit=1)
    return Offering.objects.select_related("facility", "contract").get(facility=facility, service="short_stay")


@pytest.fixture
def receptionist(stay: Offering) -> Any:
    return factories.StaffMembershipFactory(facility=stay.facility).user


def test_the_last_place__goes_to_one_of_those_who_move_or_book(
    town: Municipality, stay: Offering, receptionist: Any
) -> None:
    movers = [_booked(town, stay, receptionist) for _ in range(CLIENTS // 2)]
    bookers = [mother_of(town) for _ in range(CLIENTS // 2)]

    clients: list[Callable[[], Any]] = [
        *(partial(_move, booking, stay, NEW) for booking in movers),
        *(partial(_ask, entitlement, stay, NEW) for entitlement in bookers),
    ]
    answers = race(clients, municipality=town.pk)

    told = Counter(type(answer).__name__ for answer in answers)
    assert told["Move"] + told["Booking"] == 1
    assert told["DayFull"] == CLIENTS - 1
    assert check() == []
    assert _used(stay, NEW) == [1, 1]


def test_the_last_place__by_check_then_move__is_oversold(town: Municipality, stay: Offering, receptionist: Any) -> None:
    """The control: without the counter's condition all of them get it."""
    movers = [_booked(town, stay, receptionist) for _ in range(CLIENTS)]

    looked = Barrier(CLIENTS)

    def move_if_there_seems_to_be_room(booking: Booking) -> None:
        taken = Booking.objects.filter(facility=stay.facility, first_day=_day(NEW)).exists()
        looked.wait()
        if not taken:
            Booking.objects.filter(pk=booking.pk).update(first_day=_day(NEW), last_day=_day(NEW + 1))

    race([partial(move_if_there_seems_to_be_room, booking) for booking in movers], municipality=town.pk)

    assert Booking.objects.filter(first_day=_day(NEW)).count() > 1


def test_one_booking__moved_in_many_tabs__has_one_move(town: Municipality, stay: Offering, receptionist: Any) -> None:
    booking = _booked(town, stay, receptionist)

    answers = race(
        [partial(_move, booking, stay, NEW + 3 * tab, token=f"tab-{tab}") for tab in range(CLIENTS)],
        municipality=town.pk,
    )

    assert Counter(type(answer).__name__ for answer in answers) == {"Move": 1, "MoveWaits": CLIENTS - 1}
    assert check() == []


@in_rounds(3)
def test_accepting_and_cancelling__at_once__end_in_one_story(
    town: Municipality, stay: Offering, receptionist: Any, rounds: int
) -> None:
    """Whoever comes second sees the other's step; nothing is lost, and nothing blocks."""
    for _ in range(rounds):
        booking = _booked(town, stay, receptionist)
        move = _move(booking, stay, NEW)

        def take_back(booking: Booking) -> str:
            own, now = Booking.objects.get(pk=booking.pk), clock.now()
            assert own.citizen is not None
            return cancel(own, contact_at=now, shown=FREE, by=own.citizen, at=now).status

        def say_yes(move: Move) -> str:
            return accept_move(Move.objects.get(pk=move.pk), by=receptionist, at=clock.now()).status

        answers = race([partial(take_back, booking), partial(say_yes, move)], municipality=town.pk)

        losers = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(loser, Overtaken | TransitionNotAllowed) for loser in losers)
        stands = Booking.objects.get(pk=booking.pk)
        if stands.status == Booking.Status.CONFIRMED:
            take_back(stands)
        assert check() == []
    assert not DayCapacity.objects.filter(used__gt=0).exists()


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def _ask(entitlement: Entitlement, offering: Offering, first: int) -> Booking:
    assert entitlement.citizen is not None
    return request_booking(
        entitlement,
        offering,
        first_day=_day(first),
        last_day=_day(first + 1),
        arrival=dt.time(10),
        note="",
        form_token=f"{entitlement.pk}-{first}",
        by=entitlement.citizen,
        at=clock.now(),
    )


def _booked(town: Municipality, offering: Offering, receptionist: Any) -> Booking:
    """Two old days, confirmed."""
    return confirm(_ask(mother_of(town), offering, OLD), by=receptionist, at=clock.now())


def _move(booking: Booking, offering: Offering, first: int, *, token: str = "") -> Move:
    days, token = (_day(first), _day(first + 1)), token or f"{booking.pk}-{first}"
    return move_to(booking, offering, *days, by=booking.citizen, at=clock.now(), form_token=token)


def _used(offering: Offering, first: int) -> list[int]:
    rows = DayCapacity.objects.filter(place=offering.place, day__range=(_day(first), _day(first + 1)))
    return [row.used for row in rows.order_by("day")]
