"""A decider who revokes gives back several stays in one transaction, while others book days that lie between them."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection

from applications.models import Revocation
from applications.public import Entitlement, entitlement_of
from applications.services import deciding, revoking
from eligibility.public import Municipality
from facilities.models import Booking, DayCapacity, Facility, Offering, Waiting
from facilities.public import confirm, request_booking
from facilities.selectors.revoked import given_up
from facilities.services import revoking as giving_up
from facilities.services import waiting
from facilities.services.cancelling import close
from facilities.services.integrity import check
from facilities.services.places import give_places
from facilities.services.waiting import leave_line
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import cases, factories
from tests.applications.deciding.test_revoke import REASON
from tests.facilities.moves import move_to
from tests.facilities.waiting import frees, run_jobs, stands, waits
from tests.processes.racing import mother_of, race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

FIRST, OTHER, SECOND, ASKED = (10, 11), (20, 21), (15, 16), (16, 20)
"""Days from today: a stay, the days that it asks for instead, another stay, and what a neighbour asks for."""


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_booking_between_two_stays_that_are_given_up__neither_meets_an_error(
    town: Municipality, clinic: Facility, held: bool, monkeypatch: Any
) -> None:
    """The control gives back stay by stay: the neighbour holds a day of the second and waits for one of the first."""
    if not held and connection.vendor == "sqlite":
        pytest.skip("one writer at a time cannot deadlock")
    stay = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="short_stay")
    people = [factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider")]
    desk = factories.StaffMembershipFactory(facility=clinic).user
    application, neighbour = _approved(town, *people), mother_of(town)
    family = entitlement_of(application.citizen, town)
    assert family
    first, _ = (confirm(_asked(family, stay, days), by=desk, at=clock.now()) for days in (FIRST, SECOND))
    move_to(first, stay, *map(_day, OTHER), by=family.citizen, at=clock.now())
    between, in_line = threading.Event(), threading.Event()

    def closes(*args: Any, **said: Any) -> None:
        if between.is_set():
            in_line.wait(1)  # for the neighbour, who tells nobody that she waits for a day
        close(*args, **said)
        between.set()

    def books() -> Booking:
        between.wait(20)
        return _asked(neighbour, stay, ASKED)

    monkeypatch.setattr(giving_up, "close", closes)
    if not held:
        monkeypatch.setattr(giving_up, "hold_counters", lambda _rows: None)
    deeds: list[Callable[[], Any]] = [
        lambda: _revoked(application, people[1]),
        books,
    ]
    answers = race(deeds, municipality=town.pk)

    if held:
        assert [type(answer) for answer in answers] == [Revocation, Booking], answers
        assert set(DayCapacity.objects.filter(used__gt=0).values_list("day", flat=True)) == set(_days(ASKED))
    else:
        assert any(isinstance(answer, OperationalError) and "deadlock" in str(answer) for answer in answers), answers
    assert check() == []


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_declining_an_offer_while_it_is_given_up__neither_meets_an_error(
    town: Municipality, clinic: Facility, held: bool, monkeypatch: Any
) -> None:
    """The control holds the days before the place in line: the mother who declines holds that, and waits for a day."""
    if not held and connection.vendor == "sqlite":
        pytest.skip("one writer at a time cannot deadlock")
    day_use = Offering.objects.select_related("facility", "contract").get(facility=clinic, service="day_service")
    people = [factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider")]
    application, day = _approved(town, *people), _day(5)
    family = entitlement_of(application.citizen, town)
    assert family
    DayCapacity.objects.filter(place=day_use.place, day=day).update(limit=1)
    guest = _asked(mother_of(town), day_use, (5, 5))
    offered = waits(family, day_use, day)
    frees(guest)
    run_jobs()
    assert stands(offered).status == "offered"
    halfway = threading.Barrier(2, timeout=1)

    def after_waiting(step: Callable[..., Any]) -> Callable[..., Any]:
        def waits_first(*args: Any, **said: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                halfway.wait()
            return step(*args, **said)

        return waits_first

    monkeypatch.setattr(giving_up, "leave_line", after_waiting(leave_line))
    monkeypatch.setattr(waiting, "give_places", after_waiting(give_places))
    if not held:
        monkeypatch.setattr(giving_up, "given_up", lambda *args, hold, **said: given_up(*args, **said))
    deeds: list[Callable[[], Any]] = [
        lambda: _revoked(application, people[1]),
        lambda: waiting.withdraw_waiting(stands(offered), by=application.citizen, at=clock.now()),
    ]
    answers = race(deeds, municipality=town.pk)

    if held:
        assert isinstance(answers[0], Revocation), answers
        assert isinstance(answers[1], Waiting | Overtaken), answers
        assert not DayCapacity.objects.filter(used__gt=0).exists()
    else:
        assert any(isinstance(answer, OperationalError) and "deadlock" in str(answer) for answer in answers), answers
    assert check() == []


def _revoked(application: Any, decider: Any) -> Revocation:
    return revoking.revoke(application, by=decider, at=clock.now(), reason=REASON, effective_on=clock.today())


def _approved(town: Municipality, nurse: Any, decider: Any) -> Any:
    born = clock.today() - dt.timedelta(days=40)
    said: dict[str, Any] = {"birth__outcome": "born", "birth__born_on": born, "birth__due_date": born}
    application = cases.heard(town, nurse, **said)
    deciding.approve(application, by=decider, at=clock.now(), looked=True, **cases.full_grant(town))
    return cases.again(application)


def _asked(family: Entitlement, stay: Offering, days: tuple[int, int]) -> Booking:
    assert family.citizen is not None
    first, last = map(_day, days)
    said: dict[str, Any] = {"first_day": first, "last_day": last, "arrival": dt.time(10), "note": ""}
    return request_booking(family, stay, **said, form_token=f"form-{first}", by=family.citizen, at=clock.now())


def _day(number: int) -> dt.date:
    return clock.today() + dt.timedelta(days=number)


def _days(days: tuple[int, int]) -> list[dt.date]:
    return [_day(number) for number in range(days[0], days[1] + 1)]
