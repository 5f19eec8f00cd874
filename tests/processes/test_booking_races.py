"""Nobody gets a place or a unit that is not there, however many ask at once. Each race has a control that must fail.

What a browser meets of it is raced in test_booking_http.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from applications.models import Pool
from applications.public import Entitlement
from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.public import DayFull, cancel, confirm, request_booking
from facilities.services.answering import expire
from facilities.services.integrity import check
from facilities.services.places import give_days, give_places, hold_days, take_days, take_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.shown import FREE
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

PLACES, CLIENTS = 5, 16


@pytest.fixture
def stay(town: Municipality) -> Offering:
    """Five places on every day of the coming three months."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=PLACES, days=90)
    offerings = Offering.objects.select_related("facility", "contract")
    return offerings.get(facility=facility, service="short_stay")


def test_last_places__by_check_then_insert__are_oversold(town: Municipality, stay: Offering) -> None:
    """The control: without the counter's condition whoever saw room has it."""
    mothers = [mother_of(town) for _ in range(CLIENTS)]
    day, looked = _day(10), Barrier(CLIENTS, timeout=60)

    def book_if_there_seems_to_be_room(entitlement: Entitlement, number: int) -> None:
        taken = Booking.objects.filter(facility=stay.facility, first_day=day).count()
        looked.wait()
        if taken < PLACES:
            _row(entitlement, stay, day, days=2, number=number).save()

    race(
        [partial(book_if_there_seems_to_be_room, entitlement, number) for number, entitlement in enumerate(mothers)],
        municipality=town.pk,
    )

    assert Booking.objects.count() > PLACES


def test_one_mother__in_16_tabs__by_look_then_count__gets_more_than_her_units(town: Municipality) -> None:
    """The control: where each tab counts on what it saw, all sixteen have the last unit."""
    pool = Pool.objects.get(entitlement=mother_of(town), code="day")
    looked = Barrier(CLIENTS, timeout=60)

    def take_if_one_seems_left() -> bool:
        seen = Pool.objects.get(pk=pool.pk)
        looked.wait()
        return seen.left > 0 and bool(Pool.objects.filter(pk=pool.pk).update(used=seen.used + 1))

    Pool.objects.filter(pk=pool.pk).update(used=pool.limit - 1)
    answers = race([take_if_one_seems_left] * CLIENTS, municipality=town.pk)

    assert answers == [True] * CLIENTS
    assert Pool.objects.get(pk=pool.pk).left == 0, "and the row says that one was taken"


@in_rounds(3)
def test_confirm_and_cancel__at_once__have_one_winner(town: Municipality, stay: Offering, rounds: int) -> None:
    receptionist = factories.StaffMembershipFactory(facility=stay.facility).user
    for number in range(rounds):
        entitlement = mother_of(town)
        booking = _ask(entitlement, stay, first=_day(5), days=2, token=f"race-{number}")

        def answer(booking: Booking) -> str:
            return confirm(Booking.objects.get(pk=booking.pk), by=receptionist, at=clock.now()).status

        def take_back(booking: Booking) -> str:
            own, now = Booking.objects.get(pk=booking.pk), clock.now()
            assert own.citizen is not None
            return cancel(own, contact_at=now, shown=FREE, by=own.citizen, at=now).status

        answers = race([partial(answer, booking), partial(take_back, booking)], municipality=town.pk)

        status = Booking.objects.get(pk=booking.pk).status
        assert status in answers
        # Whoever came second either saw the other's step or was overtaken by it; a confirmed booking may be cancelled.
        losers = [item for item in answers if isinstance(item, Exception)]
        assert all(isinstance(loser, Overtaken | TransitionNotAllowed) for loser in losers)
        if status == Booking.Status.CONFIRMED:
            with scopes_disabled():
                cancel(
                    Booking.objects.get(pk=booking.pk),
                    contact_at=clock.now(),
                    shown=FREE,
                    by=receptionist,
                    at=clock.now(),
                )
    assert check() == []
    assert not DayCapacity.objects.filter(used__gt=0).exists()


@pytest.mark.parametrize("stays", [8, pytest.param(125, marks=pytest.mark.soak)])
def test_overlapping_stays__many_at_random__never_block_each_other_for_good(
    town: Municipality, stay: Offering, stays: int
) -> None:
    """By each of eight; a thousand in all in the long form."""
    DayCapacity.objects.update(limit=50)
    entitlement = mother_of(town)

    def come_and_go(seed: int) -> int:
        dice = random.Random(seed)  # noqa: S311  # no secret: which days are asked for
        row = _row(entitlement, stay, _day(0), days=1, number=seed)
        row.save(force_insert=True)
        for _ in range(stays):
            row.first_day = _day(dice.randint(3, 12))
            row.last_day = row.first_day + dt.timedelta(days=dice.randint(1, 6))
            with transaction.atomic():
                assert take_places(row)
            with transaction.atomic():
                move(row, by=dice.randint(-3, 3))
            with transaction.atomic():
                give_places(row)
        return stays

    def move(row: Booking, *, by: int) -> None:
        old = set(engine.each_day(row.first_day, row.last_day))
        row.first_day, row.last_day = (day + dt.timedelta(days=by) for day in (row.first_day, row.last_day))
        new = set(engine.each_day(row.first_day, row.last_day))
        hold_days(row.facility_id, row.place, old | new)
        assert take_days(row.facility_id, row.place, new - old)
        give_days(row.facility_id, row.place, old - new)

    answers = race([partial(come_and_go, seed) for seed in range(8)], municipality=town.pk)

    assert answers == [stays] * 8
    assert not DayCapacity.objects.filter(used__gt=0).exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time comes before or after another")
@pytest.mark.parametrize("stays", [4, pytest.param(125, marks=pytest.mark.soak)])
def test_overlapping_stays__for_few_places__are_had_whole_or_not_at_all(
    town: Municipality, stay: Offering, stays: int
) -> None:
    """Asked for and cancelled by each of eight mothers; a thousand in all in the long form."""
    DayCapacity.objects.update(limit=2)
    mothers = [mother_of(town) for _ in range(8)]

    def come_and_go(entitlement: Entitlement) -> Counter[str]:
        dice, told = random.Random(entitlement.pk), Counter[str]()  # noqa: S311  # no secret: which days are asked for
        for number in range(stays):
            first, token = _day(dice.randint(10, 16)), f"{entitlement.pk}-{number}"
            try:
                booking = _ask(entitlement, stay, first=first, days=dice.randint(2, 6), token=token)
            except DayFull:
                told["full"] += 1
                continue
            told["booked"] += 1
            assert booking.citizen is not None
            cancel(booking, contact_at=clock.now(), shown=FREE, by=booking.citizen, at=clock.now())
        return told

    answers = race([partial(come_and_go, entitlement) for entitlement in mothers], municipality=town.pk)

    told = sum((answer for answer in answers if isinstance(answer, Counter)), Counter[str]())
    assert told.total() == 8 * stays, answers
    assert min(told["booked"], told["full"]) > 0
    assert check() == []
    assert not DayCapacity.objects.filter(used__gt=0).exists()


def test_overlapping_stays__taken_day_by_day__are_had_in_part(town: Municipality, stay: Offering) -> None:
    """The control: without a transaction around them, days stay taken for a stay that nobody has."""
    DayCapacity.objects.filter(day=_day(12)).update(limit=0)

    def take_each() -> bool:
        free = DayCapacity.objects.filter(facility=stay.facility, place=stay.place, used__lt=F("limit"))
        return all(free.filter(day=_day(day)).update(used=F("used") + 1) for day in (10, 11, 12, 13))

    assert race([take_each] * 2, municipality=town.pk) == [False, False]

    assert {found.what for found in check()} == {"day"}


@in_rounds(3)
def test_confirming_and_running_out__at_once__have_one_winner(town: Municipality, stay: Offering, rounds: int) -> None:
    receptionist = factories.StaffMembershipFactory(facility=stay.facility).user
    entitlement = mother_of(town)
    for number in range(rounds):
        booking = _ask(entitlement, stay, first=_day(5), days=2, token=f"runs-out-{number}")
        ends = (partial(confirm, by=receptionist), expire)
        answers = race([partial(_ended, booking, end) for end in ends], municipality=town.pk)

        stands = Booking.objects.get(pk=booking.pk)
        (loser,) = (answer for answer in answers if isinstance(answer, Exception))
        assert stands.status in answers
        assert isinstance(loser, Overtaken | TransitionNotAllowed)
        told = {mail.kind for mail in Mail.objects.filter(key__endswith=f":{booking.pk}")}
        assert told == {"booking_requested", f"booking_{stands.status}"}, "she hears of one end"
        if stands.status == Booking.Status.CONFIRMED:
            assert stands.citizen is not None
            cancel(stands, contact_at=clock.now(), shown=FREE, by=stands.citizen, at=clock.now())
        assert check() == []
    assert not DayCapacity.objects.filter(used__gt=0).exists()


def test_confirming_and_running_out__by_look_then_write__both_win(town: Municipality, stay: Offering) -> None:
    """The control: whoever writes what follows from a status read before tells her of both ends."""
    booking = _ask(mother_of(town), stay, first=_day(5), days=2, token="looked")
    looked = Barrier(2, timeout=60)

    def end(status: str) -> bool:
        stands = Booking.objects.get(pk=booking.pk)
        looked.wait()
        return stands.status == Booking.Status.REQUESTED and bool(
            Booking.objects.filter(pk=booking.pk).update(status=status)
        )

    answers = race([partial(end, "confirmed"), partial(end, "expired")], municipality=town.pk)

    assert answers == [True, True]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time cannot deadlock")
def test_overlapping_stays__locked_in_no_order__deadlock(town: Municipality, stay: Offering) -> None:
    """The control: the same two days, locked by one from the front and by the other from the back."""
    days, has_first = [_day(1), _day(2)], Barrier(2, timeout=20)

    def one_by_one(order: list[dt.date]) -> None:
        with transaction.atomic():
            for day in order:
                DayCapacity.objects.filter(place=stay.place, day=day).update(used=F("used") + 0)
                if day == order[0]:
                    has_first.wait()

    answers = race([partial(one_by_one, days), partial(one_by_one, days[::-1])], municipality=town.pk)

    assert any(isinstance(answer, OperationalError) and "deadlock" in str(answer) for answer in answers)


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def _ask(entitlement: Entitlement, offering: Offering, *, first: dt.date, days: int, token: str) -> Booking:
    assert entitlement.citizen is not None
    return request_booking(
        entitlement,
        offering,
        first_day=first,
        last_day=first + dt.timedelta(days=days - 1),
        arrival=dt.time(10),
        note="",
        form_token=token,
        by=entitlement.citizen,
        at=clock.now(),
    )


def _ended(booking: Booking, end: Callable[..., Booking]) -> str:
    """The status that an end of its waiting gives to a booking, read anew."""
    return str(end(Booking.objects.get(pk=booking.pk), at=clock.now()).status)


def _row(entitlement: Entitlement, offering: Offering, first: dt.date, *, days: int, number: int) -> Booking:
    """A booking nobody judged."""
    return Booking(
        municipality_id=entitlement.municipality_id,
        entitlement=entitlement,
        facility=offering.facility,
        number=f"control-{number}",
        form_token=f"control-{number}",
        service=offering.service,
        place=offering.place,
        first_day=first,
        last_day=first + dt.timedelta(days=days - 1),
        units={},
        quote={},
    )
