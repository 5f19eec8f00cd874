"""A facility's own notice: until when it takes requests here, whom it does not bind, and where parents read it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilities.models import DayCapacity, Facility, Offering, Waiting
from facilities.selectors.notices import Notice
from facilities.services.booking import NotBookable
from facilities.services.holding import hold_days
from facilities.services.notices import NotKept, set_notices, take_last_minute
from facilities.services.waiting import wait_for
from facilities.services.waiting_ending import plan_waiting
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event
from postpartum_portal.shared.tenancy import tenant
from tests.facilities.conftest import Ask

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WEDNESDAY = dt.date(2026, 3, 11)
TWO_DAYS = Notice(2, dt.time(16))


@pytest.fixture
def notice(clinic: Facility, receptionist: Any) -> Notice:
    """Stays are asked for until 16:00 two days before: for 3月11日 until 3月9日 16:00."""
    with tenant(facility=clinic.pk):
        set_notices(clinic, {"short_stay": TWO_DAYS}, by=receptionist, at=clock.now())
    return TWO_DAYS


def refused(ask: Ask, **asked: Any) -> list[str]:
    with pytest.raises(NotBookable) as refusal:
        ask(**asked)
    return [finding.fact for finding in refusal.value.findings if finding.code == "facility_notice"]


def test_request__is_taken_until_the_very_instant_and_then_told_to_phone(
    notice: Notice, stay: Offering, ask: Ask, clock_at: Any
) -> None:
    stay.facility.refresh_from_db()
    clock_at.move_to("2026-03-09T16:00:01+09:00")

    (fact,) = refused(ask)
    assert fact.startswith(
        "3月11日(水)は、ここからは申しこめません。受け付けは3月9日(月) 16:00まででした。空きがあるか"
    )
    assert stay.facility.phone in fact

    clock_at.move_to("2026-03-09T16:00:00+09:00")
    assert ask().pk


def test_notice__costs_a_request_in_time_no_statement(stay: Offering, ask: Ask, receptionist: Any) -> None:
    with CaptureQueriesContext(
        connection,
    ) as without:
        ask(first_day=dt.date(2026, 3, 16), last_day=dt.date(2026, 3, 17))
    with tenant(facility=stay.facility.pk):
        set_notices(stay.facility, {"short_stay": TWO_DAYS}, by=receptionist, at=clock.now())
    stay.facility.refresh_from_db()

    with CaptureQueriesContext(connection) as within:
        ask(first_day=dt.date(2026, 3, 18), last_day=dt.date(2026, 3, 19))

    assert len(within) <= len(without)


def test_last_minute_day__is_taken_and_no_longer(
    notice: Notice, stay: Offering, ask: Ask, receptionist: Any, clock_at: Any
) -> None:
    stay.facility.refresh_from_db()
    clock_at.move_to("2026-03-10T09:00:00+09:00")
    with tenant(facility=stay.facility.pk):
        assert take_last_minute(stay.facility, [WEDNESDAY], take=True, by=receptionist, at=clock.now()) == 1
    assert DayCapacity.objects.filter(last_minute=True).count() == 2  # both kinds of place
    assert ask().pk

    with tenant(facility=stay.facility.pk):
        take_last_minute(stay.facility, [WEDNESDAY], take=False, by=receptionist, at=clock.now())
    assert refused(ask)


def test_hold_for_a_caller__is_not_bound_by_it(
    notice: Notice, stay: Offering, receptionist: Any, clock_at: Any
) -> None:
    stay.facility.refresh_from_db()
    clock_at.move_to("2026-03-10T09:00:00+09:00")

    days = {"first_day": WEDNESDAY, "last_day": WEDNESDAY + dt.timedelta(days=1)}
    kept = hold_days(stay, **days, arrival=None, form_token="hold", by=receptionist, at=clock.now())

    assert kept.pk


def wait(entitlement: Any, stay: Offering, mother: Any) -> Waiting:
    days: dict[str, Any] = {"first_day": WEDNESDAY, "last_day": WEDNESDAY + dt.timedelta(days=1), "arrival": None}
    told: dict[str, Any] = {"siblings": False, "note": "", "form_token": "wait"}
    return wait_for(entitlement, stay, **days, **told, by=mother, at=clock.now())


def test_waiting__ends_with_the_notice_and_cannot_begin_after_it(
    notice: Notice, stay: Offering, entitlement: Any, mother: Any, clock_at: Any
) -> None:
    stay.facility.refresh_from_db()
    DayCapacity.objects.update(limit=1, used=1)
    waiting = wait(entitlement, stay, mother)

    clock_at.move_to("2026-03-09T15:59:00+09:00")
    plan_waiting(clock.now())
    assert Waiting.objects.get(pk=waiting.pk).status == Waiting.Status.WAITING
    clock_at.move_to("2026-03-09T16:00:01+09:00")
    plan_waiting(clock.now())
    assert Waiting.objects.get(pk=waiting.pk).status == Waiting.Status.OVER
    with pytest.raises(NotBookable):
        wait(entitlement, stay, mother)


def test_calendar__says_that_she_may_phone(
    notice: Notice, stay: Offering, entitlement: Any, signed_in: Client, clock_at: Any
) -> None:
    clock_at.move_to("2026-03-10T09:00:00+09:00")

    html = signed_in.get(f"/kodaira/my/book/{stay.pk}/?month=2026-03").content.decode()

    assert "<b>電話で</b> 3月" in html
    assert "3月10日(火)は、ここからは申しこめません。受け付けは3月8日(日) 16:00まででした。" in html


def test_notice__is_written_down_once_and_only_of_what_is_offered(
    notice: Notice, clinic: Facility, receptionist: Any
) -> None:
    with tenant(facility=clinic.pk):
        set_notices(clinic, {"short_stay": TWO_DAYS}, by=receptionist, at=clock.now())
        with pytest.raises(NotKept):
            set_notices(clinic, {"sauna": TWO_DAYS}, by=receptionist, at=clock.now())
        assert [event.data["places"] for event in Event.objects.filter(verb="notice.set")] == [["short_stay:2:16:00"]]
        set_notices(clinic, {"short_stay": None}, by=receptionist, at=clock.now())
    clinic.refresh_from_db()
    assert clinic.notices == {}
