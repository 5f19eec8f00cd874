"""Moving and shortening: the old days stay hers until the facility has answered, and only what was shown happens."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from applications.public import record_birth
from facilities.models import Booking, DayCapacity, Move, Offering
from facilities.public import ConsequenceChanged, DayFull, NotBookable
from facilities.services.cancelling import HasBegun
from facilities.services.integrity import check
from facilities.services.move_answers import accept_move, decline_move, expire_unanswered_moves, withdraw_move
from facilities.services.moving import MoveWaits, NothingToMove
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Mail
from tests import factories
from tests.facilities.conftest import Ask
from tests.facilities.moves import DEADLINE, IN_TIME, Shift, day, held_days, now_of, used
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db


# in time


def test_ask_move__in_time__keeps_the_old_days_and_takes_the_new_ones(booked: Booking, move: Shift) -> None:
    asked = move(booked, 12, 14)

    assert asked.status == Move.Status.ASKED
    assert (now_of(booked).first_day, now_of(booked).status) == (day(11), "confirmed")
    assert held_days() == [11, 12, 13, 14]
    assert used() == 3, "what she gives up is enough for what she gains"
    assert check() == []


def test_accept_move__in_time__gives_the_old_days_back(booked: Booking, move: Shift, receptionist: Any) -> None:
    accept_move(move(booked, 16, 18), by=receptionist, at=IN_TIME)

    assert (now_of(booked).first_day, now_of(booked).last_day) == (day(16), day(18))
    assert (held_days(), used(), used("stay_nights")) == ([16, 17, 18], 3, 2)
    assert check() == []
    told = Mail.objects.get(kind="booking_move_accepted").text
    assert "まえの日 3月11日(水)〜13日(金)" in told
    assert "3月10日(火) 15:59の連絡は、期限(3月10日(火) 16:00 より前)に間に合っています。" in told
    assert "お金はかかりません。" in told


def test_ask_move__to_more_days__takes_the_units_that_are_missing(booked: Booking, move: Shift) -> None:
    asked = move(booked, 11, 15)

    assert asked.taken == {"stay": 2, "stay_and_day": 2, "stay_nights": 2}
    assert (used(), used("stay_nights"), held_days()) == (5, 4, [11, 12, 13, 14, 15])
    assert check() == []


@pytest.mark.parametrize("ending", ["declined", "withdrawn", "expired"])
def test_a_move_that_ends_without_a_yes__gives_back_what_was_taken_for_it(
    booked: Booking, move: Shift, mother: Any, receptionist: Any, ending: str
) -> None:
    asked = move(booked, 12, 16)
    if ending == "declined":
        decline_move(asked, reason="この日は休みです。", by=receptionist, at=IN_TIME)
    elif ending == "withdrawn":
        withdraw_move(asked, by=mother, at=IN_TIME)
    else:
        expire_unanswered_moves(dt.datetime(2026, 3, 11, tzinfo=clock.TOKYO))

    assert Move.objects.get().status == ending
    assert (now_of(booked).status, now_of(booked).first_day) == ("confirmed", day(11))
    assert (held_days(), used()) == ([11, 12, 13], 3)
    assert check() == []


def test_expire_moves__waits_for_the_first_of_both_days(booked: Booking, move: Shift) -> None:
    move(booked, 16, 18)

    expire_unanswered_moves(dt.datetime(2026, 3, 10, 23, 59, tzinfo=clock.TOKYO))

    assert Move.objects.get().status == Move.Status.ASKED


# after the deadline


def test_k9__shortened_from_four_o_clock__counts_one_day_at_once(booked: Booking, move: Shift) -> None:
    """2泊3日 to 1泊2日: nobody has to agree, and what is given up is one day and one night."""
    asked = move(booked, 11, 12, at=DEADLINE)

    assert asked.status == Move.Status.ACCEPTED
    assert asked.consequence["counted"] == {"stay": 1, "stay_and_day": 1, "stay_nights": 1}
    assert now_of(booked).units == {"stay": 2, "stay_and_day": 2, "stay_nights": 1}
    assert (used(), used("stay_nights"), held_days()) == (3, 2, [11, 12])
    assert now_of(booked).quote["total"] == 5000
    assert check() == []


def test_k9__shortened_a_second_before__gives_the_day_back(booked: Booking, move: Shift) -> None:
    move(booked, 11, 12)

    assert (used(), used("stay_nights"), held_days()) == (2, 1, [11, 12])
    assert check() == []


def test_move__late__counts_the_days_given_up_once_it_is_accepted(
    booked: Booking, move: Shift, receptionist: Any
) -> None:
    """11–13 to 13–15: two days and two nights are lost, three more days are used."""
    asked = move(booked, 13, 15, at=DEADLINE)
    assert asked.taken == {"stay": 2, "stay_and_day": 2, "stay_nights": 2}

    accept_move(asked, by=receptionist, at=DEADLINE + dt.timedelta(hours=1))

    assert now_of(booked).units == {"stay": 3, "stay_and_day": 3, "stay_nights": 2}
    assert (used(), used("stay_nights"), held_days()) == (5, 4, [13, 14, 15])
    assert check() == []


def test_move__late__beyond_what_is_left__is_refused(booked: Booking, move: Shift) -> None:
    """Three days lost and three more are six stay days, three nights and three more are none too many: 7 > 6."""
    with pytest.raises(NotBookable) as refused:
        move(booked, 16, 19, at=DEADLINE)

    assert {finding.code for finding in refused.value.findings} == {"limit_stay"}
    assert used() == 3


def test_move__asked_in_time_and_accepted_late__is_free(booked: Booking, move: Shift, receptionist: Any) -> None:
    accept_move(move(booked, 12, 14), by=receptionist, at=DEADLINE + dt.timedelta(hours=3))

    assert used() == 3


def test_k16__a_call_typed_in_after_the_deadline__is_free(booked: Booking, move: Shift, receptionist: Any) -> None:
    asked = move(booked, 11, 12, contact_at=IN_TIME, at=DEADLINE + dt.timedelta(minutes=10), by=receptionist)

    assert asked.consequence["counted"] == {}
    assert used() == 2


def test_move__when_the_deadline_passed_since_it_was_shown__does_nothing(booked: Booking, move: Shift) -> None:
    with pytest.raises(ConsequenceChanged):
        move(booked, 11, 12, at=DEADLINE, shown=FREE)

    assert not Move.objects.exists()
    assert now_of(booked).last_day == day(13)


def test_move__of_the_hour_alone__costs_nothing_at_any_time(booked: Booking, move: Shift, receptionist: Any) -> None:
    asked = move(booked, 11, 13, at=DEADLINE, arrival=dt.time(14))
    assert asked.status == Move.Status.ASKED, "the facility expects her at another hour"

    accept_move(asked, by=receptionist, at=DEADLINE)

    assert (now_of(booked).arrival, used()) == (dt.time(14), 3)


def test_move__of_a_booking_outside_the_period__is_free(booked: Booking, move: Shift, mother: Any) -> None:
    """The birth, corrected, leaves 3月12日 as the last day: the booking is 要調整."""
    record_birth(booked.entitlement.birth, born_on=dt.date(2025, 11, 13), children=1, by=mother, at=IN_TIME)

    move(booked, 11, 12, at=DEADLINE)

    assert used() == 2


# what is not allowed


def test_move__that_has_begun__is_refused(booked: Booking, move: Shift) -> None:
    with pytest.raises(HasBegun):
        move(booked, 20, 22, at=dt.datetime(2026, 3, 11, 10, tzinfo=clock.TOKYO))


def test_move__to_the_same_days__is_none(booked: Booking, move: Shift) -> None:
    with pytest.raises(NothingToMove):
        move(booked, 11, 13)


def test_move__twice__waits_for_the_answer(booked: Booking, move: Shift) -> None:
    first = move(booked, 12, 14)

    with pytest.raises(MoveWaits):
        move(booked, 16, 18)
    assert move(booked, 12, 14) == first, "the same form sent twice is one move"


def test_one_open_move__is_held_by_the_database(booked: Booking, move: Shift) -> None:
    asked = move(booked, 12, 14)
    with pytest.raises(IntegrityError, match=r"one_open_move_per_booking|facilities_move\.booking_id"):
        Move.objects.create(**{**_columns(asked), "number": "x-9", "form_token": "other"})


def test_move__to_a_full_day__names_it_and_takes_nothing(booked: Booking, move: Shift, stay: Offering) -> None:
    DayCapacity.objects.filter(day=day(15), place=stay.place).update(used=2)

    with pytest.raises(DayFull) as full:
        move(booked, 13, 16)

    assert full.value.days == (day(15),)
    assert used() == 3


def test_move__by_a_stranger__is_denied(booked: Booking, move: Shift) -> None:
    with pytest.raises(PermissionDenied):
        move(booked, 16, 18, by=factories.UserFactory())


def test_a_day_asked_for__is_taken_for_her_other_bookings(booked: Booking, move: Shift, ask: Ask) -> None:
    move(booked, 16, 18)

    with pytest.raises(NotBookable) as refused:
        ask(first_day=day(18), last_day=day(19))

    assert "日の変更の予約があり" in refused.value.findings[0].fact


def _columns(move: Move) -> dict[str, Any]:
    return {field.name: getattr(move, field.name) for field in Move._meta.fields if field.name != "id"}
