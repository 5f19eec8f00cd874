"""Blocks and patterns against bookings and each other: the counters are right whoever comes first."""

import datetime as dt
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from applications.public import Entitlement
from facilities.models import Block, BlockedDay, Booking, DayCapacity, Facility
from facilities.selectors.patterns import plan_between
from facilities.services.blocks import NotFree, NothingToRelease, block_days, release_block
from facilities.services.booking import DayFull
from facilities.services.integrity import check
from facilities.services.patterns import PlanChanged, Week, apply_patterns, set_patterns
from facilities.services.places import move_places
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.at_once import at_once, needs_real_threads
from tests.facilities.staff.test_capacity_race import book, family, last_places

__all__ = ["family", "last_places"]  # fixtures

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads]

TOLD = (DayFull, NotFree, NothingToRelease, PlanChanged, IntegrityError)


def block(facility: Facility, day: dt.date, by: Any) -> Block:
    (made,) = block_days(
        facility,
        {"day_service": 1},
        days=[day],
        why=Block.Why.WARD,
        note="",
        form_token=f"{day}",
        by=by,
        at=clock.now(),
    )
    return made


def counted() -> bool:
    """Whether every counter of a day is what a recount says."""
    with scopes_disabled():
        return not [found for found in check() if found.what == "day"]


def test_block_against_booking__exactly_one_of_them_has_the_place(
    family: Entitlement, clinic: Facility, receptionist: Any, last_places: list[dt.date]
) -> None:
    for day in last_places:
        booked, blocked = at_once(
            partial(book, family, clinic, day), partial(block, clinic, day, receptionist), told=TOLD
        )
        assert isinstance(booked, Booking | DayFull)
        assert isinstance(booked, Booking) == isinstance(blocked, NotFree)
    assert counted()


def test_control__looking_before_taking_without_a_lock__runs_into_the_constraint(
    family: Entitlement, clinic: Facility, last_places: list[dt.date]
) -> None:
    """Without it the test above would prove nothing: both get through their look, and the database must refuse."""
    found = []
    for day in last_places:
        looked = Barrier(2, timeout=10)
        found += at_once(
            partial(block_carelessly, clinic, day, looked), partial(book_after, looked, family, clinic, day), told=TOLD
        )
    assert any(isinstance(outcome, IntegrityError) for outcome in found)


def test_release_against_release__gives_back_once_and_the_place_can_be_booked(
    family: Entitlement, clinic: Facility, receptionist: Any, last_places: list[dt.date]
) -> None:
    for day in last_places:
        with tenant(facility=clinic.pk):
            made = Block.objects.select_related("facility").get(pk=block(clinic, day, receptionist).pk)
        give = partial(release_block, made, by=receptionist, at=clock.now())
        one, other, booked = at_once(give, give, partial(book, family, clinic, day), told=TOLD)
        assert [one, other].count(1) == 1
        assert isinstance(booked, Booking | DayFull)  # before or after the release, never beyond it
    assert counted()


def test_pattern_against_booking__leaves_no_day_below_what_is_booked(
    family: Entitlement, clinic: Facility, receptionist: Any, last_places: list[dt.date]
) -> None:
    with tenant(facility=clinic.pk):
        nothing = Week((0, 0, 0, 0, 0, 0, 0, None), 0, 0, 0)
        set_patterns(clinic, {"day_service": nothing}, by=receptionist, at=clock.now())
    for day in last_places:
        with tenant(facility=clinic.pk):
            shown = plan_between(clinic, day, day, on=clock.today(), by_hand=True).token
        lower = partial(apply_patterns, clinic, day, day, by_hand=True, shown=shown, by=receptionist, at=clock.now())
        booked, lowered = at_once(partial(book, family, clinic, day), lower, told=TOLD)
        assert isinstance(booked, Booking | DayFull)
        assert isinstance(booked, Booking) == isinstance(lowered, PlanChanged)
        with scopes_disabled():
            row = DayCapacity.objects.get(place="day_service", day=day)
        assert row.used <= row.limit
    assert counted()


def block_carelessly(facility: Facility, day: dt.date, looked: Barrier) -> None:
    """As one would write it first: read, decide, write."""
    with transaction.atomic():
        row = DayCapacity.objects.get(facility=facility, place="day_service", day=day)
        looked.wait()
        if row.left:
            looked.wait()
            made = Block.objects.create(
                facility=facility, place="day_service", first_day=day, last_day=day, why=Block.Why.WARD
            )
            BlockedDay.objects.create(block=made, facility=facility, place="day_service", day=day, places=1)
            move_places(facility.pk, "day_service", {day: 1})


def book_after(looked: Barrier, family: Entitlement, clinic: Facility, day: dt.date) -> Booking:
    looked.wait()
    try:
        return book(family, clinic, day)
    finally:
        looked.wait()
