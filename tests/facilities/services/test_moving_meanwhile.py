"""What else happens to a booking while its move has no answer."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from facilities.models import Booking, DayCapacity, Facility, Move, Offering
from facilities.public import Shown, cancel, confirm
from facilities.services.attending import MoveUnanswered, attend, no_show, preview_no_show
from facilities.services.integrity import check
from facilities.services.move_answers import accept_move
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests.facilities.conftest import Ask
from tests.facilities.moves import IN_TIME, Shift, day, held_days, now_of, used
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db


def test_a_request__is_changed_at_once_and_still_waits(ask: Ask, move: Shift) -> None:
    request = ask()

    move(request, 16, 17)

    assert (now_of(request).status, now_of(request).first_day) == ("requested", day(16))
    assert (held_days(), used()) == ([16, 17], 2)
    assert check() == []


def test_cancelled__its_open_move_ends_and_all_goes_back(booked: Booking, move: Shift, mother: Any) -> None:
    move(booked, 12, 16)

    cancel(now_of(booked), contact_at=IN_TIME, shown=FREE, by=mother, at=IN_TIME)

    assert Move.objects.get().status == Move.Status.WITHDRAWN
    assert (held_days(), used()) == ([], 0)
    assert check() == []


def test_on_the_day__she_may_come__but_is_not_absent_before_the_answer(
    booked: Booking, move: Shift, receptionist: Any
) -> None:
    move(booked, 12, 16)
    noon = dt.datetime(2026, 3, 11, 12, tzinfo=clock.TOKYO)

    with pytest.raises(MoveUnanswered), transaction.atomic():
        no_show(now_of(booked), shown=Shown.of(preview_no_show(booked)), by=receptionist, at=noon)
    attend(now_of(booked), by=receptionist, at=noon)

    assert (held_days(), used()) == ([11, 12, 13], 3)
    assert check() == []


def test_a_cancellation_of_days_that_were_moved_since__is_overtaken(booked: Booking, move: Shift, mother: Any) -> None:
    stale = now_of(booked)
    move(booked, 11, 12)

    with pytest.raises(Overtaken):
        cancel(stale, contact_at=IN_TIME, shown=FREE, by=mother, at=IN_TIME)


def test_facility__that_keeps_no_places__is_asked_all_the_same(
    ask: Ask, move: Shift, clinic: Facility, receptionist: Any
) -> None:
    Facility.objects.filter(pk=clinic.pk).update(keeps_capacity=False)
    DayCapacity.objects.all().delete()
    offering = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="short_stay")
    booking = confirm(ask(offering=offering), by=receptionist, at=clock.now())

    accept_move(move(booking, 16, 18, offering=offering), by=receptionist, at=IN_TIME)

    assert now_of(booking).first_day == day(16)
    assert check() == []
