"""However many work at once, the waiting list is kept in order, and nobody gets a place between a gift and an offer."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_fsm import TransitionNotAllowed

from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering, Waiting
from facilities.public import DayFull, request_booking
from facilities.selectors.waiting_list import line_of
from facilities.services import waiting_offers
from facilities.services.integrity import check
from facilities.services.waiting import NotFull
from facilities.services.waiting_line import OFFER_PLACES, call_line
from facilities.services.waiting_offers import LAPSE_OFFER
from facilities.services.waiting_taking import take_offer
from postpartum_portal.shared import clock
from postpartum_portal.shared.jobs import runner
from postpartum_portal.shared.jobs.tasks import sweep
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Job
from tests import factories
from tests.facilities.waiting import frees, log, stands, waits
from tests.processes.racing import in_rounds, mother_of, race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

WORKERS, PLACES, LINE = 8, 2, 6


@pytest.fixture
def day_use(town: Municipality) -> Offering:
    """Two places on every day of the coming month."""
    facility = Facility.objects.get(code="jun-ladies-clinic-kodaira")
    factories.open_places(facility, limit=PLACES, days=30)
    return Offering.objects.select_related("facility", "contract").get(facility=facility, service="day_service")


@in_rounds(1)
def test_two_places_free_at_once__8_workers__offer_them_in_order(
    town: Municipality, day_use: Offering, rounds: int
) -> None:
    """Two are given back while eight workers sweep and eight passers-by press; the first two in line get them."""
    for number in range(rounds):
        day = _day(5 + number)
        given = [_books(mother_of(town), day_use, day) for _ in range(PLACES)]
        line = [waits(mother_of(town), day_use, day) for _ in range(LINE)]
        clients: list[Callable[[], Any]] = [
            *(partial(frees, row) for row in given),
            *(partial(_sweeps, 3) for _ in range(WORKERS)),
            *(partial(_books, mother_of(town), day_use, day) for _ in range(WORKERS)),
        ]

        answers = race(clients, municipality=town.pk)
        _sweeps(3)

        assert Counter(map(type, answers[-WORKERS:])) == {DayFull: WORKERS}, answers
        assert [stands(row).status for row in line] == ["offered"] * PLACES + ["waiting"] * (LINE - PLACES)
        assert DayCapacity.objects.get(place=day_use.place, day=day).used == PLACES
    offered = [pk for pk, _, _ in log("waiting.offered")]
    assert offered == sorted(offered)
    assert len(offered) == rounds * PLACES
    assert log("waiting.skipped") == []
    assert check() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time cannot look together with another")
def test_control__workers_that_do_not_wait_for_each_other__log_as_passed_over_who_was_offered(
    town: Municipality, day_use: Offering, monkeypatch: Any, settings: Any
) -> None:
    settings.JOB_PAUSES_AFTER_SECONDS = 0  # one offer each: a quick worker would make both before the other's first
    line = [waits(mother_of(town), day_use, _day(5)) for _ in _full_day(town, day_use)]
    DayCapacity.objects.filter(place=day_use.place, day=_day(5)).update(limit=2 * PLACES)
    for _ in range(2):
        call_line(day_use.facility_id, day_use.place, _day(5), _day(5))
    looked, look = Barrier(2, timeout=10), line_of

    def look_together(facility_id: int) -> Any:
        rows = list(look(facility_id))
        if len(rows) == len(line):
            looked.wait()
        return rows

    monkeypatch.setattr(waiting_offers, "line_of", look_together)
    monkeypatch.setattr(waiting_offers, "hold_facility", lambda _: None)
    race([partial(runner.run, pk) for pk in _jobs(OFFER_PLACES)], municipality=town.pk)

    offered, skipped = ({pk for pk, _, _ in log(verb)} for verb in ("waiting.offered", "waiting.skipped"))
    assert offered & skipped


@in_rounds(2)
def test_taking_and_time_running_out__at_once__have_one_winner(
    town: Municipality, day_use: Offering, rounds: int
) -> None:
    for number in range(rounds):
        given = _books(mother_of(town), day_use, _day(5))
        DayCapacity.objects.filter(place=day_use.place, day=_day(5)).update(limit=1)
        waiting = waits(mother_of(town), day_use, _day(5))
        frees(given)
        _sweeps(1)
        lapse = Job.objects.get(kind=LAPSE_OFFER, subject_id=waiting.pk).pk
        Job.objects.filter(pk=lapse).update(run_after=clock.now())

        def take(waiting: Waiting) -> Booking:
            return take_offer(stands(waiting), by=waiting.citizen, at=clock.now())

        clients: list[Callable[[], Any]] = [partial(take, waiting), partial(runner.run, lapse)]
        took, _ = race(clients, municipality=town.pk)
        _sweeps(1)

        status = stands(waiting).status
        assert status == ("taken" if isinstance(took, Booking) else "lapsed"), (number, took)
        assert isinstance(took, Booking | Overtaken | TransitionNotAllowed)
        if isinstance(took, Booking):
            frees(took)
        DayCapacity.objects.filter(place=day_use.place, day=_day(5)).update(limit=PLACES)
        assert check() == []


@in_rounds(3)
def test_beginning_to_wait_while_a_place_is_given_back__is_never_forgotten(
    town: Municipality, day_use: Offering, rounds: int
) -> None:
    """Either she is told that there is room, or the line is called with her in it."""
    for _ in range(rounds):
        given = _full_day(town, day_use)
        waiter = mother_of(town)

        clients: list[Callable[[], Any]] = [partial(waits, waiter, day_use, _day(5)), partial(frees, given[0])]
        waited, _ = race(clients, municipality=town.pk)
        _sweeps(1)

        if isinstance(waited, Waiting):
            assert stands(waited).status == "offered"
            took = take_offer(stands(waited), by=waited.citizen, at=clock.now())
            given.append(took)
        else:
            assert isinstance(waited, NotFull)
        for row in given[1:]:
            frees(row)
    assert check() == []
    assert not DayCapacity.objects.filter(used__gt=0).exists()


def _full_day(town: Municipality, offering: Offering) -> list[Booking]:
    return [_books(mother_of(town), offering, _day(5)) for _ in range(PLACES)]


def _books(entitlement: Entitlement, offering: Offering, day: dt.date) -> Booking:
    assert entitlement.citizen is not None
    return request_booking(
        entitlement,
        offering,
        first_day=day,
        last_day=day,
        arrival=dt.time(10),
        note="",
        form_token=f"books-{entitlement.pk}-{day}",
        by=entitlement.citizen,
        at=clock.now(),
    )


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def _sweeps(times: int) -> None:
    for _ in range(times):
        sweep()


def _jobs(kind: str) -> list[int]:
    return list(
        Job.objects.filter(kind=kind, status=Job.Status.QUEUED, run_after__lte=clock.now())
        .order_by("pk")
        .values_list("pk", flat=True)
    )
