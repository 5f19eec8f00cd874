"""Approving settles from which day a child's age is counted; the nurse puts the birth's days right at the same moment.

Both take the case before its birth. The control takes the birth first, and each waits for what the other holds.
"""

import datetime as dt
import threading
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection

from applications.models import Birth, Decision, Rectification
from applications.selectors.handed_in import handed_in
from applications.selectors.rectifications import stands
from applications.services import births, deciding, rectifying
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from tests import cases, factories
from tests.processes.racing import race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


def at_once(town: Municipality, monkeypatch: Any, *, birth_first: bool = False) -> list[Any]:
    """What the decider and the nurse get, each let go on once the other has its first row or a second has passed."""
    nurse, decider = (factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider"))
    application = cases.heard(town, nurse, birth__due_date=clock.today() + dt.timedelta(days=50))
    halfway, takes, puts = threading.Barrier(2, timeout=1), deciding._take, births.rectify_dates

    def takes_when_both_began(*args: Any) -> None:
        if birth_first:
            Birth.objects.select_for_update().get()
        with suppress(threading.BrokenBarrierError):
            halfway.wait()
        takes(*args)

    def puts_when_both_began(*args: Any, **said: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            halfway.wait()
        puts(*args, **said)

    monkeypatch.setattr(deciding, "_take", takes_when_both_began)
    monkeypatch.setattr(rectifying, "rectify_dates", puts_when_both_began)
    shown = stands(application, handed_in(application).terms)
    later = {**shown, "due_date": (clock.today() + dt.timedelta(days=55)).isoformat()}
    given, on_screens = cases.full_grant(town, corrected_age=True), [cases.again(application) for _ in range(2)]
    return race(
        [
            lambda: deciding.approve(on_screens[0], by=decider, at=clock.now(), **given),
            lambda: rectifying.rectify(on_screens[1], later, stood=shown, reason="母子手帳", by=nurse, at=clock.now()),
        ],
        municipality=town.pk,
    )


def test_approving_while_the_birth_is_put_right__neither_meets_an_error(town: Municipality, monkeypatch: Any) -> None:
    decided, rectified = at_once(town, monkeypatch)
    assert (type(decided), type(rectified)) == (Decision, Rectification), (decided, rectified)
    birth = Birth.objects.get()
    assert (birth.corrected_age, birth.due_date) == (True, clock.today() + dt.timedelta(days=55))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time cannot deadlock")
def test_control__with_the_birth_before_the_case_they_wait_for_each_other(town: Municipality, monkeypatch: Any) -> None:
    answers = at_once(town, monkeypatch, birth_first=True)
    assert any(isinstance(answer, OperationalError) and "deadlock" in str(answer) for answer in answers), answers
