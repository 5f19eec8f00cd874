"""C4: of all who would end a case's waiting at once one passes and the others are told; nobody books past a revocation.

The controls take away the conditional step, the look after units were taken, and the lock that all take first; each
must fail.
"""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection

from applications.models import Amendment, Application, Decision, Letter, Pool, Revocation
from applications.selectors.case import case_of
from applications.selectors.clear import ClearCase, default_grant
from applications.selectors.standing import entitlement_of
from applications.services import deciding, regranting, returning, revoking, submission, units
from applications.services.approving_clear import Approved, approve_clear
from eligibility.public import Municipality
from facilities.models import Booking, Facility, Offering
from facilities.services import booking as asking
from facilities.services import cancelling
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from tests import cases, factories
from tests.applications.deciding.test_revoke import REASON
from tests.facilities.shown import FREE
from tests.processes.racing import each_round, race

pytestmark = [pytest.mark.processes, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
REFUSAL = "3月1日に東村山市へ転出されたことを、住民基本台帳で確認しました。要綱第3条に当たりません。"
CLINIC_DAY = dt.timedelta(days=12)
Deed = Callable[[], Any]


def enders(application: Any, people: list[Any], clear_key: str) -> list[Deed]:
    """Everybody who has the case open: two who decide, a third with the clear ones, the nurse, and the mother."""
    approver, refuser, bulk, nurse = people
    at = clock.now()
    screens = [cases.again(application) for _ in range(4)]
    marks = {"person": ["phone"]}
    return [
        lambda: deciding.approve(screens[0], by=approver, at=at, **cases.FULL_GRANT),
        lambda: deciding.refuse(screens[1], by=refuser, at=at, reason=REFUSAL),
        lambda: submission.withdraw(screens[2], by=application.citizen, at=at),
        lambda: returning.return_for_correction(screens[3], marks=marks, message="電話番号", by=nurse, at=at),
        lambda: approve_clear({application.number: clear_key}, by=bulk, at=at),
    ]


@each_round
def test_five_at_once__one_passes_and_the_others_are_told(town: Municipality, round_: int) -> None:
    people = [factories.MembershipFactory(municipality=town, role=role).user for role in ["decider"] * 3 + ["centre"]]
    coming: dict[str, Any] = {"birth__due_date": clock.today() + dt.timedelta(days=50)}
    application = cases.heard(town, factories.MembershipFactory(municipality=town, role="centre").user, **coming)
    case = case_of(application.number, on=clock.today())
    assert case
    results = race(enders(application, people, ClearCase(case, default_grant(case)).key), municipality=town.pk)

    *enders_, returned, bulk = (_passed(result) for result in results)
    ended = [*enders_, bulk]
    assert sum(ended) + returned >= 1, results
    assert sum(ended) <= 1, results
    assert not returned or ended in ([False] * 4, [False, False, True, False]), (
        results
    )  # what came back she may withdraw
    status = Application.objects.get(pk=application.pk).status
    decided = int(status in (Application.Status.APPROVED, Application.Status.REFUSED))
    assert Decision.objects.count() == Letter.objects.count() == decided


def _passed(result: Any) -> bool:
    if isinstance(result, Approved):
        return bool(result.decisions)
    return not isinstance(result, Exception)


def test_control__without_the_conditional_step_both_pass(town: Municipality, monkeypatch: Any) -> None:
    """A decider with an old page in hand approves what the mother has taken back."""

    def unconditional(transition: Any, **changes: Any) -> None:
        row = transition.__self__
        transition()
        type(row).objects.filter(pk=row.pk).update(status=row.status, **changes)

    people = [factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider")]
    application = cases.heard(town, people[0])
    on_screen = cases.again(application)
    submission.withdraw(application, by=application.citizen, at=clock.now())
    with pytest.raises(deciding.NotToBeDecided):
        deciding.approve(cases.again(application), by=people[1], at=clock.now(), looked=True, **cases.FULL_GRANT)
    monkeypatch.setattr(deciding, "pass_transition", unconditional)
    assert deciding.approve(on_screen, by=people[1], at=clock.now(), **cases.FULL_GRANT)


@pytest.fixture
def family(town: Municipality, clinic: Facility) -> Any:
    """Approved, with a child who was born, and a decider."""
    asker, decider = (factories.MembershipFactory(municipality=town, role=role).user for role in ("centre", "decider"))
    born = clock.today() - dt.timedelta(days=40)
    said: dict[str, Any] = {"birth__outcome": "born", "birth__born_on": born, "birth__due_date": born}
    application = cases.heard(town, asker, **said)
    deciding.approve(application, by=decider, at=clock.now(), looked=True, **cases.full_grant(town))
    return cases.again(application), decider, Offering.objects.get(facility=clinic, service="day_service")


def books(application: Any, offering: Offering, day: dt.date) -> Booking:
    entitlement = entitlement_of(application.citizen, application.municipality)
    assert entitlement
    said: dict[str, Any] = {"first_day": day, "last_day": day, "arrival": None, "note": "", "form_token": f"race-{day}"}
    return asking.request_booking(entitlement, offering, **said, by=application.citizen, at=clock.now())


def revokes(application: Any, decider: Any) -> Any:
    return revoking.revoke(application, by=decider, at=clock.now(), reason=REASON, effective_on=clock.today())


@each_round
def test_booking_while_it_is_revoked__leaves_nothing_booked(family: Any, round_: int) -> None:
    application, decider, offering = family
    first = clock.today() + CLINIC_DAY
    days = [first + dt.timedelta(days=number) for number in range(4)]
    deeds: list[Deed] = [lambda day=day: books(application, offering, day) for day in days]  # type: ignore[misc]
    results = race([*deeds, lambda: revokes(application, decider)], municipality=application.municipality_id)

    assert isinstance(results[-1], Revocation), results
    refused = [item for item in results[:-1] if not isinstance(item, Booking)]
    assert all(isinstance(item, asking.NotBookable) and str(item) == "service_granted" for item in refused), results
    assert not Booking.objects.filter(status__in=Booking.LIVE).exists()
    assert not Pool.objects.filter(used__gt=0).exists()
    assert check() == []


@pytest.mark.parametrize("held", [True, False], ids=["held", "control"])
def test_revoked_once_it_was_judged__waits_for_whoever_holds_the_family(
    family: Any, held: bool, monkeypatch: Any
) -> None:
    """The control: units alone do not say that nothing is granted any more."""
    if not held and connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time, whatever is held.")
    application, decider, offering = family
    judged, revoked, judge = threading.Event(), threading.Event(), asking._judge

    def judged_then_revoked(*args: Any, **said: Any) -> Any:
        proposal = judge(*args, **said)
        judged.set()
        revoked.wait(1)  # in vain as long as the family is held
        return proposal

    def revokes_meanwhile() -> Any:
        judged.wait(20)
        revocation = revokes(application, decider)
        revoked.set()
        return revocation

    monkeypatch.setattr(asking, "_judge", judged_then_revoked)
    if not held:
        monkeypatch.setattr(asking, "hold_family", lambda _: None)
    deeds: list[Deed] = [lambda: books(application, offering, clock.today() + CLINIC_DAY), revokes_meanwhile]
    booked, revocation = race(deeds, municipality=application.municipality_id)

    assert (type(booked), type(revocation)) == (Booking, Revocation), (booked, revocation)
    assert Booking.objects.filter(status__in=Booking.LIVE).exists() is not held


@each_round
def test_booking_while_less_is_granted__never_goes_below_what_is_used(family: Any, round_: int) -> None:
    application, decider, _ = family
    entitlement = entitlement_of(application.citizen, application.municipality)
    assert entitlement
    given = cases.full_grant(application.municipality)
    given["limits"] = {**given["limits"], "supporter": 2}

    def takes(number: int) -> None:
        units.take(entitlement, {"supporter": 1}, booking_number=f"000{number}", by=decider, at=clock.now())

    def changes() -> Any:
        acting: dict[str, Any] = {"by": decider, "at": clock.now(), "based_on": None}
        return regranting.change_approval(application, **given, **acting, reason=REFUSAL)

    deeds: list[Deed] = [lambda number=number: takes(number) for number in range(4)]  # type: ignore[misc]
    changed = race([*deeds, changes], municipality=application.municipality_id)[-1]
    pool = Pool.objects.get(code="supporter")
    assert pool.used <= pool.limit
    assert pool.limit == (5 if isinstance(changed, regranting.StillUsed) else 2), changed


def makes_free(application: Any, decider: Any) -> Any:
    """A change of the household's class, by which the price of what is booked becomes another."""
    given = {**cases.full_grant(application.municipality), "class_code": "tax_exempt"}
    acting: dict[str, Any] = {"by": decider, "at": clock.now(), "based_on": None}
    return regranting.change_approval(application, **given, **acting, reason=REFUSAL)


def meet_halfway(monkeypatch: Any) -> None:
    """Both go on only once the mother has her booking and the decider the pools, or a second has passed."""
    halfway = threading.Barrier(2, timeout=1)

    def after_waiting(step: Callable[..., Any]) -> Callable[..., Any]:
        def waits(*args: Any, **said: Any) -> Any:
            with suppress(threading.BrokenBarrierError):
                halfway.wait()
            return step(*args, **said)

        return waits

    for module, step in ((cancelling, "drop_open_move"), (regranting, "change_class"), (revoking, "lost_with")):
        monkeypatch.setattr(module, step, after_waiting(getattr(module, step)))


def cancelled_meanwhile(family: Any, decides: Callable[[Any, Any], Any]) -> list[Any]:
    application, decider, offering = family
    booked = books(application, offering, clock.today() + CLINIC_DAY)
    at, mother = clock.now(), application.citizen
    deeds: list[Deed] = [
        lambda: cancelling.cancel(booked, contact_at=at, shown=FREE, by=mother, at=at),
        lambda: decides(application, decider),
    ]
    return race(deeds, municipality=application.municipality_id)


@pytest.mark.parametrize("decides", [makes_free, revokes])
def test_cancelling_while_it_is_decided_anew__neither_meets_an_error(
    family: Any, decides: Callable[[Any, Any], Any], monkeypatch: Any
) -> None:
    meet_halfway(monkeypatch)
    cancelled, decided = cancelled_meanwhile(family, decides)

    assert isinstance(decided, Amendment | Revocation), decided
    assert isinstance(cancelled, Booking | Overtaken), cancelled
    assert not Booking.objects.filter(status__in=Booking.LIVE).exists()
    assert not Pool.objects.filter(used__gt=0).exists()
    assert check() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time cannot deadlock")
def test_control__without_the_family_held_first_they_wait_for_each_other(family: Any, monkeypatch: Any) -> None:
    """The mother holds her booking and wants the pools; the decider holds the pools and stores the booking's price."""
    meet_halfway(monkeypatch)
    monkeypatch.setattr(cancelling, "hold_family", lambda _entitlement: None)
    answers = cancelled_meanwhile(family, makes_free)
    assert any(isinstance(answer, OperationalError) and "deadlock" in str(answer) for answer in answers), answers
