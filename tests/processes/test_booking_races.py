"""Nobody gets a place or a unit that is not there, however many ask at once. Each race has a control that must fail."""

import datetime as dt
import random
from collections import Counter
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django_fsm import TransitionNotAllowed
from django_scopes import scopes_disabled

from applications.models import Pool
from applications.public import Entitlement
from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering
from facilities.public import NotBookable, cancel, confirm, request_booking
from facilities.services.integrity import check
from facilities.services.places import give_days, give_places, hold_days, take_days, take_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import factories
from tests.facilities.shown import FREE
from tests.processes.racing import mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

CLIENTS, PLACES = 64, 5


@pytest.fixture
def stay(town: Municipality) -> Offering:
    """Five places on every day of the coming three months."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=PLACES, days=90)
    offerings = Offering.objects.select_related("facility", "contract")
    return offerings.get(facility=facility, service="short_stay")


@pytest.fixture
def day_use(stay: Offering) -> Offering:
    return Offering.objects.select_related("facility", "contract").get(facility=stay.facility, service="day_service")


def test_last_places__64_clients_for_5__over_http(town: Municipality, stay: Offering) -> None:
    """Five are booked, all others are told which day is full, nobody meets an error."""
    mothers = [mother_of(town) for _ in range(CLIENTS)]
    browsers = [Client() for _ in mothers]
    for browser, entitlement in zip(browsers, mothers, strict=True):
        assert entitlement.citizen is not None
        browser.force_login(entitlement.citizen)
    address = reverse("facilities:book_dates", args=[town.slug, stay.pk])

    forms = [_form(first=_day(10), days=2, token=f"same-time-{number:012}") for number in range(CLIENTS)]
    answers = race(
        [partial(browser.post, address, form) for browser, form in zip(browsers, forms, strict=True)],
        municipality=town.pk,
    )

    assert Counter(_told(answer) for answer in answers) == {"booked": PLACES, "full": CLIENTS - PLACES}
    assert _taken(stay, _day(10), 2) == [PLACES, PLACES]
    assert check() == []


def test_last_places__by_check_then_insert__are_oversold(town: Municipality, stay: Offering) -> None:
    """The control: without the counter's condition the same crowd gets more than there is."""
    mothers = [mother_of(town) for _ in range(CLIENTS)]
    day = _day(10)

    def book_if_there_seems_to_be_room(entitlement: Entitlement, number: int) -> None:
        if Booking.objects.filter(facility=stay.facility, first_day=day).count() < PLACES:
            _row(entitlement, stay, day, days=2, number=number).save()

    race(
        [partial(book_if_there_seems_to_be_room, entitlement, number) for number, entitlement in enumerate(mothers)],
        municipality=town.pk,
    )

    assert Booking.objects.count() > PLACES


def test_one_mother__in_16_tabs__never_gets_more_than_her_units(town: Municipality, day_use: Offering) -> None:
    """Sixteen different days are asked for, five are granted."""
    entitlement = mother_of(town)

    answers = race(
        [partial(_ask, entitlement, day_use, first=_day(5 + tab), days=1, token=f"tab-{tab}") for tab in range(16)],
        municipality=town.pk,
    )

    assert Counter(type(answer) for answer in answers) == {Booking: 5, NotBookable: 11}
    refusal = next(answer for answer in answers if isinstance(answer, NotBookable))
    assert "limit_day" in [finding.code for finding in refusal.findings]
    assert Pool.objects.get(entitlement=entitlement, code="day").used == 5
    assert check() == []


def test_one_mother__in_16_tabs__gets_a_day_once(town: Municipality, day_use: Offering) -> None:
    entitlement = mother_of(town)

    answers = race(
        [partial(_ask, entitlement, day_use, first=_day(5), days=1, token=f"tab-{tab}") for tab in range(16)],
        municipality=town.pk,
    )

    assert Counter(type(answer) for answer in answers) == {Booking: 1, NotBookable: 15}


def test_one_form__sent_16_times__is_one_booking(town: Municipality, stay: Offering) -> None:
    entitlement = mother_of(town)

    answers = race(
        [partial(_ask, entitlement, stay, first=_day(5), days=3, token="same") for _ in range(16)],
        municipality=town.pk,
    )

    assert {answer.pk for answer in answers if isinstance(answer, Booking)} == {Booking.objects.get().pk}
    assert len([answer for answer in answers if isinstance(answer, Booking)]) == 16
    assert Pool.objects.get(entitlement=entitlement, code="stay").used == 3


def test_confirm_and_cancel__at_once__have_one_winner(town: Municipality, stay: Offering) -> None:
    receptionist = factories.StaffMembershipFactory(facility=stay.facility).user
    for number in range(10):
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


@pytest.mark.parametrize("stays", [25, pytest.param(125, marks=pytest.mark.soak)])
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


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time cannot deadlock")
def test_overlapping_stays__locked_in_no_order__deadlock(town: Municipality, stay: Offering) -> None:
    """The control: the same two days, locked by one from the front and by the other from the back."""
    days = [_day(1), _day(2)]

    def one_by_one(order: list[dt.date]) -> None:
        for _ in range(200):
            with transaction.atomic():
                for day in order:
                    DayCapacity.objects.filter(place=stay.place, day=day).update(used=F("used") + 0)

    answers = race([partial(one_by_one, days), partial(one_by_one, days[::-1])] * 4, municipality=town.pk)

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


def _form(*, first: dt.date, days: int, token: str) -> dict[str, Any]:
    return {"day": first.isoformat(), "days": days, "arrival": "10:00:00", "note": "", "token": token}


def _told(answer: Any) -> str:
    """What a browser was answered."""
    if isinstance(answer, Exception):
        return repr(answer)
    if answer.status_code == 302:
        return "booked"
    return "full" if "は満室になりました。" in answer.content.decode() else f"{answer.status_code}"


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


def _taken(offering: Offering, first: dt.date, days: int) -> list[int]:
    last = first + dt.timedelta(days=days - 1)
    found = DayCapacity.objects.filter(facility=offering.facility, place=offering.place, day__range=(first, last))
    return [day.used for day in found]
