"""The waiting list: in the order of asking, with a time limit, and never a place to anybody else in between."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from applications.models import Pool
from applications.public import Entitlement
from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering, Waiting
from facilities.public import DayFull, NotBookable, decline, set_places
from facilities.selectors.versions import versions_of
from facilities.selectors.waiting_desk import AGAINST_A_RULE, FULL, line_at
from facilities.selectors.waiting_list import ahead_of, may_wait_at
from facilities.services.integrity import check
from facilities.services.reminders import plan_bookings
from facilities.services.waiting import NotFull, withdraw_waiting
from facilities.services.waiting_ending import plan_waiting
from facilities.services.waiting_offers import LAPSE_OFFER
from facilities.services.waiting_taking import take_offer
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Job, Mail
from tests import factories
from tests.facilities.conftest import Ask
from tests.facilities.waiting import WEDNESDAY, family, frees, full, log, run_jobs, stands, waits

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = dt.timedelta(days=1)


@pytest.fixture
def taken(entitlement: Entitlement, day_use: Offering, ask: Ask) -> Booking:
    """The only place of Wednesday, booked by a family of its own."""
    DayCapacity.objects.filter(facility=day_use.facility, place=day_use.place).update(limit=1)
    return ask(offering=day_use, first_day=WEDNESDAY, last_day=WEDNESDAY)


def test_wait__takes_nothing_and_says_how_many_come_before(taken: Booking, day_use: Offering) -> None:
    first, second, other_day = family(taken.entitlement), family(taken.entitlement), family(taken.entitlement)
    full(day_use, WEDNESDAY + DAY)

    one, two = waits(first, day_use), waits(second, day_use)
    waits(other_day, day_use, WEDNESDAY + DAY)

    assert (ahead_of(one), ahead_of(two)) == (0, 1)
    assert not Pool.objects.filter(entitlement=first, used__gt=0).exists()
    assert DayCapacity.objects.get(place=day_use.place, day=WEDNESDAY).used == 1
    assert waits(first, day_use) == one, "the same days asked twice are one row"


def test_wait__for_days_with_room_or_closed_or_against_the_rules__is_refused(taken: Booking, day_use: Offering) -> None:
    family_ = family(taken.entitlement)
    with pytest.raises(NotFull):
        waits(family_, day_use, WEDNESDAY + DAY)
    DayCapacity.objects.filter(place=day_use.place, day=WEDNESDAY + DAY).update(limit=0)
    with pytest.raises(NotFull):
        waits(family_, day_use, WEDNESDAY + DAY)
    with pytest.raises(NotBookable):
        waits(family_, day_use, dt.date(2026, 3, 4))
    with pytest.raises(PermissionDenied):
        waits(family_, day_use, by=factories.UserFactory())


def test_place__freed__is_offered_to_the_first_and_to_nobody_else(taken: Booking, day_use: Offering, ask: Ask) -> None:
    first, second, passer_by = (family(taken.entitlement) for _ in range(3))
    one, two = waits(first, day_use), waits(second, day_use)
    frees(taken)

    with pytest.raises(DayFull):
        ask(entitlement=passer_by, by=passer_by.citizen, offering=day_use, first_day=WEDNESDAY, last_day=WEDNESDAY)
    run_jobs(again=3)
    with pytest.raises(DayFull):
        ask(entitlement=passer_by, by=passer_by.citizen, offering=day_use, first_day=WEDNESDAY, last_day=WEDNESDAY)

    assert (stands(one).status, stands(two).status) == ("offered", "waiting")
    assert log("waiting.offered") == [(one.pk, 1, None)]
    mail = Mail.objects.get(kind="waiting_offered")
    assert mail.to == one.citizen.email
    assert "3月5日(木) 22:00まで" in mail.text, "asked at ten in the morning"
    assert check() == [], "an offer holds its places"


def test_offer__taken__becomes_a_booking_with_its_places(taken: Booking, day_use: Offering) -> None:
    mother = family(taken.entitlement)
    waiting = waits(mother, day_use, note="食べられないもの: 卵")
    frees(taken)
    run_jobs()

    booking = take_offer(stands(waiting), by=waiting.citizen, at=clock.now())

    assert (booking.status, booking.first_day, booking.note) == ("requested", WEDNESDAY, "食べられないもの: 卵")
    assert take_offer(stands(waiting), by=waiting.citizen, at=clock.now()) == booking, "pressed twice"
    assert stands(waiting).status == "taken"
    assert DayCapacity.objects.get(place=day_use.place, day=WEDNESDAY).used == 1
    assert Pool.objects.get(entitlement=mother, code="day").used == 1
    run_jobs(LAPSE_OFFER)
    assert stands(waiting).status == "taken"
    assert check() == []


def test_offer__not_answered__goes_to_the_next(taken: Booking, day_use: Offering, clock_at: Any) -> None:
    one, two = (waits(family(taken.entitlement), day_use) for _ in range(2))
    frees(taken)
    run_jobs()
    mother = stands(one).citizen
    assert Job.objects.get(kind=LAPSE_OFFER).run_after == stands(one).offered_until

    clock_at.move_to("2026-03-05T22:00:00+09:00")
    with pytest.raises(Overtaken):
        take_offer(stands(one), by=mother, at=clock.now())
    run_jobs(LAPSE_OFFER, again=3)
    run_jobs()

    assert (stands(one).status, stands(two).status) == ("lapsed", "offered")
    assert stands(two).offered_until == dt.datetime(2026, 3, 6, 10, tzinfo=clock.TOKYO), "never at night"
    assert [event.data for event in Event.objects.filter(verb="waiting.lapsed")] == [{}]
    assert Mail.objects.get(kind="waiting_lapsed").to == mother.email
    assert check() == []


@pytest.mark.parametrize("offered", [True, False])
def test_withdraw__hands_an_offer_on(taken: Booking, day_use: Offering, offered: bool) -> None:
    one, two = (waits(family(taken.entitlement), day_use) for _ in range(2))
    if offered:
        frees(taken)
        run_jobs()

    withdraw_waiting(stands(one), by=stands(one).citizen, at=clock.now())
    run_jobs()

    assert (stands(one).status, stands(two).status) == ("withdrawn", "offered" if offered else "waiting")
    with pytest.raises(PermissionDenied):
        withdraw_waiting(stands(two), by=factories.UserFactory(), at=clock.now())
    assert check() == []


def test_line__passes_over_whom_the_rules_refuse__and_says_why(taken: Booking, day_use: Offering, ask: Ask) -> None:
    """Who has another booking on that day meanwhile, and who needs another day that is full."""
    busy, long, fits = (family(taken.entitlement) for _ in range(3))
    stay = Offering.objects.select_related("facility", "contract").get(facility=day_use.facility, service="short_stay")
    Offering.objects.filter(pk=stay.pk).update(place=day_use.place)
    stay.place = day_use.place
    first = waits(busy, day_use)
    full(day_use, WEDNESDAY + DAY)
    second = waits(long, stay, last_day=WEDNESDAY + DAY)
    third = waits(fits, day_use)
    others = Offering.objects.select_related("facility", "contract").exclude(facility=day_use.facility)
    elsewhere = others.filter(service="day_service")[0]
    ask(entitlement=busy, by=busy.citizen, offering=elsewhere, first_day=WEDNESDAY, last_day=WEDNESDAY)

    frees(taken)
    run_jobs(again=2)

    assert [stands(row).status for row in (first, second, third)] == ["waiting", "waiting", "offered"]
    assert log("waiting.offered") == [(third.pk, 3, None)]
    assert log("waiting.skipped") == [(first.pk, 1, "one_use_per_day"), (second.pk, 2, "no_place")]
    told = line_at(day_use.facility)
    assert [(item.turn, item.until is not None) for item in told] == [(1, False), (2, False), (3, True)]
    assert [[passed.why for passed in item.passed] for item in told] == [[AGAINST_A_RULE], [FULL], []]


def test_every_way_of_freeing_a_place__calls_the_line(
    taken: Booking, day_use: Offering, receptionist: Any, clock_at: Any
) -> None:
    one, two, three = (waits(family(taken.entitlement), day_use) for _ in range(3))

    decline(taken, reason="お受けできません", by=receptionist, at=clock.now())
    run_jobs()
    set_places(day_use.facility, {day_use.place: 2}, days=[WEDNESDAY], by=receptionist, at=clock.now())
    run_jobs()
    assert [stands(row).status for row in (one, two, three)] == ["offered", "offered", "waiting"]

    booking = take_offer(stands(one), by=stands(one).citizen, at=clock.now())
    clock_at.move_to("2026-03-12T00:00:00+09:00")
    plan_bookings(clock.now())
    assert Booking.objects.get(pk=booking.pk).status == "expired"
    run_jobs()
    assert stands(three).status == "waiting", "the day has passed"


@pytest.mark.parametrize("closed", [True, False])
def test_wait__that_nobody_can_end_well__is_over_and_told_once(
    taken: Booking, day_use: Offering, closed: bool, clock_at: Any
) -> None:
    waiting = waits(family(taken.entitlement), day_use)
    plan_waiting(clock.now())
    assert stands(waiting).status == "waiting"

    if closed:
        DayCapacity.objects.filter(place=day_use.place, day=WEDNESDAY).update(limit=0, used=0)
    else:
        clock_at.move_to("2026-03-11T09:00:00+09:00")
        plan_waiting(clock.now())
        assert stands(waiting).status == "waiting", "an hour before it begins she may still be offered the place"
        clock_at.move_to("2026-03-11T09:00:01+09:00")
    plan_waiting(clock.now())
    plan_waiting(clock.now())

    assert stands(waiting).status == "over"
    assert ("施設がこの日を受け入れない" in Mail.objects.get(kind="waiting_over").text) == closed


def test_wait__where_a_call_comes_first_or_no_places_are_kept__is_not_offered(
    kodaira: Municipality, okayama: Municipality
) -> None:
    here, there = (versions_of(place.pk).terms_on(clock.today()) for place in (kodaira, okayama))

    def may_wait(terms: engine.Terms, *, keeps_capacity: bool = True) -> bool:
        return may_wait_at(
            Offering(service=terms.services[0].code, facility=Facility(keeps_capacity=keeps_capacity)), terms
        )

    assert may_wait(here)
    assert not may_wait(here, keeps_capacity=False)
    assert there.booking.provisional is not None
    assert not may_wait(there)


def test_states__of_waiting_are_live_or_closed() -> None:
    assert set(Waiting.Status) == Waiting.LIVE | Waiting.CLOSED
    assert not Waiting.LIVE & Waiting.CLOSED
