"""Two who decide one outcome at once: one of them passes, and the units stand where that one has put them."""

from functools import partial
from typing import Any

import pytest
from django_scopes import scopes_disabled

from applications.models import Pool
from applications.public import UnitsExhausted
from eligibility.public import Municipality
from facilities.models import Booking, OutcomeDecision
from facilities.services.deciding import decide_outcome
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import factories
from tests.facilities.at_once import at_once, needs_real_threads
from tests.facilities.undetermined import cancelled
from tests.facilities.walking import MAY_CHILD, Family, family, sample_facilities

pytestmark = [pytest.mark.django_db(transaction=True), needs_real_threads, pytest.mark.usefixtures("in_june")]

ROUNDS = 8


@pytest.fixture
def household(okayama: Municipality) -> Family:
    sample_facilities()
    return family(okayama, **MAY_CHILD)


@pytest.fixture
def people(household: Family, okayama: Municipality, clock_at: Any) -> tuple[Booking, Any, Any]:
    """A booking cancelled, its facility's receptionist and the centre's decider."""
    booking = cancelled(household, clock_at)
    receptionist = factories.StaffMembershipFactory(facility=booking.facility).user
    return booking, receptionist, factories.MembershipFactory(municipality=okayama, role="decider").user


def decide(booking: Booking, by: Any, *, counts: bool, seen: int) -> OutcomeDecision:
    rows = Booking.objects.select_related("entitlement__birth", "citizen", "facility", "municipality")
    said: dict[str, Any] = {"counts": counts, "fee": 1_000, "reason": "見本です。", "seen": seen}
    return decide_outcome(rows.get(pk=booking.pk), **said, by=by, at=clock.now())


def test_two_who_decide_at_once__one_is_overtaken(people: tuple[Booking, Any, Any]) -> None:
    booking, receptionist, decider = people
    for number in range(ROUNDS):
        answers = at_once(
            partial(decide, booking, receptionist, counts=True, seen=number),
            partial(decide, booking, decider, counts=False, seen=number),
            told=(Overtaken,),
        )
        (passed,) = [answer for answer in answers if isinstance(answer, OutcomeDecision)]
        with scopes_disabled():
            assert Pool.objects.get(code="stay_and_day").used == (2 if passed.counts else 0)
            assert OutcomeDecision.objects.count() == number + 1
            assert check() == []


def test_deciding_against_booking_the_last_units__never_takes_more_than_there_are(
    people: tuple[Booking, Any, Any], household: Family
) -> None:
    booking, receptionist, _ = people
    at_once(
        partial(decide, booking, receptionist, counts=True, seen=0),
        partial(booked_quietly, household),
        told=(UnitsExhausted,),
    )
    with scopes_disabled():
        assert Pool.objects.get(code="stay_and_day").used in (2, 6)
        assert check() == []


def booked_quietly(household: Family) -> None:
    """She asks for six of the seven days; whoever comes second is refused."""
    household.sends("short_stay", "2026-06-20", days=6, provisional="on", arrival="10:00")
