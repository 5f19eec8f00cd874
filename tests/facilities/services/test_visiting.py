"""Whoever visits is held to where and when it visits, and is in one place at a time; it may itself go beyond."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from applications.public import Entitlement, entitlement_of
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Sounding
from facilities.selectors.guests import with_rows
from facilities.selectors.soundings import with_wish
from facilities.services.answering import confirm
from facilities.services.arranging import arrange_sounded
from facilities.services.booking import NotBookable
from facilities.services.preparations import plan_preparation
from facilities.services.sounding import accept, sound_out
from facilities.services.visit_hours import change_hour
from facilities.services.visit_plans import add_break
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, supporters, wished
from tests.facilities.visiting import MORNING, visits_on

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THURSDAY, FRIDAY = WEDNESDAY + dt.timedelta(days=1), WEDNESDAY + dt.timedelta(days=2)


@pytest.fixture
def midwife(kodaira: Municipality, entitlement: Entitlement) -> Offering:
    return midwives(kodaira)


@pytest.fixture
def other(kodaira: Municipality) -> Entitlement:
    """Another family of the same town."""
    mother = factories.UserFactory()
    factories.EntitlementFactory(municipality=kodaira, birth__household__citizen=mother)
    found = entitlement_of(mother, kodaira)
    assert found is not None
    return found


def visit(family: Entitlement, midwife: Offering, *, by: Any, hour: int = 13, **changes: Any) -> Booking:
    """Two hours on 3月11日 from 13:00, unless told otherwise."""
    first = changes.get("first_day", WEDNESDAY)
    wish = wished(family, service="midwife_visit", first_days=[first])
    return arranged(wish, midwife, by=by, arrival=dt.time(hour), **changes)


def refused(family: Entitlement, midwife: Offering, **asked: Any) -> list[str]:
    """The codes of what speaks against a visit; none where it was arranged."""
    try:
        visit(family, midwife, **asked)
    except NotBookable as refusal:
        return [finding.code for finding in refusal.findings]
    return []


@pytest.mark.parametrize(
    ("said", "asked", "codes"),
    [
        ({}, {}, []),
        ({}, {"first_day": THURSDAY}, ["visitor_day"]),  # not one of its weekdays
        ({}, {"hour": 11}, ["visitor_hours"]),  # 11:00〜13:00 lasts into its midday
        ({"week": [(MORNING,)] * 7}, {}, ["visitor_hours"]),
        ({"areas": ["小平市"]}, {}, []),
        ({"areas": ["小金井市", "国分寺市"]}, {}, ["visitor_area"]),
        ({"areas": ["なかまち"]}, {}, []),  # a town that may be written otherwise is asked about, not refused
    ],
)
def test_visit__is_held_to_what_the_facility_has_said(
    said: dict[str, Any],
    asked: dict[str, Any],
    codes: list[str],
    entitlement: Entitlement,
    midwife: Offering,
    nurse: Any,
) -> None:
    visits_on(midwife.facility, **said)

    assert refused(entitlement, midwife, by=nurse, **asked) == codes


def test_visit__on_days_off__is_refused(entitlement: Entitlement, midwife: Offering, nurse: Any) -> None:
    plan = visits_on(midwife.facility)
    worker = midwife.facility.staff.get().user
    add_break(plan.facility, first_day=WEDNESDAY, last_day=THURSDAY, by=worker, at=clock.now())

    assert refused(entitlement, midwife, by=nurse) == ["visitor_day"]


@pytest.mark.parametrize(
    ("said", "hour", "codes"),
    [
        ({}, 14, ["visitor_taken"]),
        ({}, 15, []),  # the first ends at 15:00
        ({"travel_minutes": 30}, 15, ["visitor_taken"]),
        ({"at_once": 2}, 14, []),
    ],
)
def test_visit__beside_another__needs_somebody_who_is_free_and_on_the_spot(
    said: dict[str, Any],
    hour: int,
    codes: list[str],
    entitlement: Entitlement,
    other: Entitlement,
    midwife: Offering,
    nurse: Any,
) -> None:
    visits_on(midwife.facility, **said)
    visit(other, midwife, by=nurse)

    assert refused(entitlement, midwife, by=nurse, hour=hour) == codes


def test_visit__that_the_facility_said_yes_to__may_go_beyond_its_hours_and_that_is_noted(
    entitlement: Entitlement, midwife: Offering, nurse: Any
) -> None:
    visits_on(midwife.facility)
    sounding = _said_yes(entitlement, midwife, THURSDAY, nurse)

    booking = arrange_sounded(sounding, midwife, by=nurse, at=clock.now())

    assert booking.status == Booking.Status.CONFIRMED
    assert Event.objects.get(verb="visit.beyond").data == {"codes": ["visitor_day"]}


def test_visit__that_was_arranged_after_the_yes__stands_against_it(
    entitlement: Entitlement, other: Entitlement, midwife: Offering, nurse: Any, clock_at: Any
) -> None:
    visits_on(midwife.facility)
    sounding = _said_yes(entitlement, midwife, WEDNESDAY, nurse)
    clock_at.shift(60)
    confirm(visit(other, midwife, by=nurse), by=midwife.facility.staff.get().user, at=clock.now())

    with pytest.raises(NotBookable) as refusal:
        arrange_sounded(sounding, midwife, by=nurse, at=clock.now())

    assert [finding.code for finding in refusal.value.findings] == ["visitor_taken"]
    assert Booking.objects.filter(entitlement=entitlement).count() == 0


def _said_yes(family: Entitlement, midwife: Offering, day: dt.date, nurse: Any) -> Sounding:
    """From 13:00, two hours."""
    wish = wished(family, service="midwife_visit", first_days=[day])
    (row,) = sound_out(
        wish,
        [midwife],
        first_days=[day],
        days=1,
        arrival=dt.time(13),
        hours=Decimal(2),
        siblings=False,
        note="",
        answer_by=dt.datetime(2026, 3, 10, 17, tzinfo=clock.TOKYO),
        form_token="sound",
        by=nurse,
        at=clock.now(),
    )
    found = with_wish(Sounding.objects.filter(pk=row.pk)).get()
    accept(found, day=day, hour=dt.time(13), words="", by=midwife.facility.staff.get().user, at=clock.now())
    return found


def test_preparation__is_held_to_the_same_hours_and_takes_its_own(
    kodaira: Municipality, entitlement: Entitlement, other: Entitlement, nurse: Any
) -> None:
    supporter = supporters(kodaira)
    visits_on(supporter.facility)
    wish, theirs = wished(entitlement), wished(other)
    plan = {"day": WEDNESDAY, "by": nurse, "at": clock.now()}
    plan_preparation(wish, supporter, arrival=dt.time(10), form_token="first", **plan)

    for hour, code in ((10, "visitor_taken"), (8, "visitor_hours")):
        with pytest.raises(NotBookable) as refusal:
            plan_preparation(theirs, supporter, arrival=dt.time(hour), form_token=f"at-{hour}", **plan)
        assert [finding.code for finding in refusal.value.findings] == [code]


def test_hour__agreed_on_the_phone__is_changed_at_once_and_told(
    entitlement: Entitlement, other: Entitlement, midwife: Offering, nurse: Any
) -> None:
    visits_on(midwife.facility, travel_minutes=30)
    worker = midwife.facility.staff.get().user
    booking = confirm(visit(entitlement, midwife, by=nurse), by=worker, at=clock.now())
    visit(other, midwife, by=nurse, hour=9)
    said: Any = {"by": worker, "at": clock.now()}

    change_hour(booking, midwife, arrival=dt.time(14), beyond=False, form_token="one", **said)
    change_hour(booking, midwife, arrival=dt.time(14), beyond=False, form_token="one", **said)

    changed = _as_it_stands(booking)
    assert (changed.arrival, changed.status, changed.moves.get().status) == (dt.time(14), "confirmed", "accepted")
    (mail,) = Mail.objects.filter(kind="visit_hour_changed")
    assert "訪問 14:00 から2時間" in mail.text
    assert "まえの時刻 13:00" in mail.text
    with pytest.raises(NotBookable) as refusal:
        change_hour(changed, midwife, arrival=dt.time(10), beyond=False, form_token="two", **said)
    assert [finding.code for finding in refusal.value.findings] == ["visitor_taken"]
    change_hour(changed, midwife, arrival=dt.time(10), beyond=True, form_token="two", **said)
    assert Event.objects.get(verb="visit.beyond").data == {"codes": ["visitor_taken"]}


@pytest.mark.parametrize(
    ("hour", "code"),
    [(16, "hours"), (8, "hours")],  # until 18:00, and before 9:00: the programme's own hours
)
def test_hour__beyond_the_programme__is_refused_whatever_the_facility_agreed_to(
    hour: int, code: str, entitlement: Entitlement, midwife: Offering, nurse: Any
) -> None:
    worker = factories.StaffMembershipFactory(facility=midwife.facility).user
    booking = confirm(visit(entitlement, midwife, by=nurse), by=worker, at=clock.now())
    said = {"form_token": "one", "by": worker, "at": clock.now()}

    with pytest.raises(NotBookable) as refusal:
        change_hour(booking, midwife, arrival=dt.time(hour), beyond=True, **said)

    assert [finding.code for finding in refusal.value.findings] == [code]
    assert _as_it_stands(booking).arrival == dt.time(13)


def _as_it_stands(booking: Booking) -> Booking:
    return with_rows(Booking.objects.filter(pk=booking.pk)).get()
