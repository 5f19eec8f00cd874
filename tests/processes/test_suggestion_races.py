"""Suggested days are taken, lapse or are taken back: one of these happens, and the counters agree; with a control."""

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
from facilities.models import Booking, Facility, Hold, Offering
from facilities.public import decline, request_booking
from facilities.services.integrity import check
from facilities.services.suggesting import LAPSE_SUGGESTIONS, OtherDays, suggest_days
from facilities.services.suggestion_answers import take_suggestion
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Job
from tests import factories
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [
    pytest.mark.processes,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]

ASKED, FIRST, SECOND = 10, 20, 21
"""Days from today; the suggested stays of two days share one."""


@pytest.fixture
def stay(town: Municipality) -> Offering:
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=40, days=60)
    return Offering.objects.select_related("facility", "contract").get(facility=facility, service="short_stay")


@pytest.fixture
def receptionist(stay: Offering) -> Any:
    return factories.StaffMembershipFactory(facility=stay.facility).user


@in_rounds(2)
def test_taking_lapsing_and_taking_back__at_once__have_one_winner(
    town: Municipality, stay: Offering, receptionist: Any, rounds: int
) -> None:
    ended: Counter[str] = Counter()
    for number in range(rounds):
        mother = mother_of(town)
        booking, holds = _suggested(mother, stay, receptionist, number)
        job = Job.objects.get(kind=LAPSE_SUGGESTIONS, subject_id=booking.pk)
        Job.objects.filter(pk=job.pk).update(run_after=clock.now())
        deeds: list[Callable[[], Any]] = [
            *(partial(_take, booking, hold, stay) for hold in (*holds, holds[0])),
            partial(runner.run, job.pk),
            partial(_take_back, booking, receptionist),
        ]

        answers = race(deeds, municipality=town.pk)

        losers = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(loser, Overtaken | TransitionNotAllowed) for loser in losers), losers
        stands = Booking.objects.get(pk=booking.pk)
        taken = Hold.objects.filter(suggested_for=booking, status=Hold.Status.ENTERED)
        assert not Hold.objects.filter(suggested_for=booking, status=Hold.Status.OPEN).exists()
        assert taken.count() == (stands.status == Booking.Status.CONFIRMED)
        assert check() == []
        ended[str(stands.status)] += 1
    assert set(ended) <= {"confirmed", "declined"}


def test_two_choices__taken_after_a_look__are_both_had(town: Municipality, stay: Offering, receptionist: Any) -> None:
    """The control: whoever only looks at the status before it writes gives her two sets of days."""
    booking, holds = _suggested(mother_of(town), stay, receptionist, 0)
    looked = Barrier(len(holds))

    def look_and_take(hold: Hold) -> bool:
        still = Booking.objects.get(pk=booking.pk).status == Booking.Status.SUGGESTED
        looked.wait()
        taken = {"first_day": hold.first_day, "last_day": hold.last_day, "status": "confirmed"}
        return still and bool(Booking.objects.filter(pk=booking.pk).update(**taken))

    answers = race([partial(look_and_take, hold) for hold in holds], municipality=town.pk)

    assert answers == [True, True]


def _suggested(mother: Entitlement, stay: Offering, desk: Any, number: int) -> tuple[Booking, tuple[Hold, ...]]:
    assert mother.citizen is not None
    booking = request_booking(
        mother,
        stay,
        first_day=_day(ASKED),
        last_day=_day(ASKED + 1),
        arrival=dt.time(10),
        note="",
        form_token=f"web-{number}",
        by=mother.citizen,
        at=clock.now(),
    )
    choices = [OtherDays(_day(first), dt.time(10)) for first in (FIRST, SECOND)]
    return booking, suggest_days(booking, stay, choices, reason="満床", form_token="form", by=desk, at=clock.now())


def _take(booking: Booking, hold: Hold, stay: Offering) -> Booking:
    own = Booking.objects.get(pk=booking.pk)
    assert own.citizen is not None
    return take_suggestion(own, Hold.objects.get(pk=hold.pk), stay, by=own.citizen, at=clock.now())


def _take_back(booking: Booking, desk: Any) -> Booking:
    return decline(Booking.objects.get(pk=booking.pk), reason="満床", by=desk, at=clock.now())


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)
