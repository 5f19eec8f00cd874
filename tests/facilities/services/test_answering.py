"""The facility's answer, and no answer at all."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_fsm import TransitionNotAllowed

from applications.models import Pool
from facilities.models import Booking, DayCapacity, Facility
from facilities.public import ReasonMissing, cancel, confirm, decline
from facilities.services.answering import expire
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.conftest import Ask
from tests.facilities.shown import FREE

pytestmark = pytest.mark.django_db


def nothing_is_held() -> bool:
    return not Pool.objects.filter(used__gt=0).exists() and not DayCapacity.objects.filter(used__gt=0).exists()


def test_confirm__tells_the_mother_until_when_she_may_cancel(ask: Ask, receptionist: Any) -> None:
    booking = Booking.objects.get(pk=confirm(ask(), by=receptionist, at=clock.now()).pk)

    assert (booking.status, booking.answered_at) == ("confirmed", clock.now())
    assert Event.objects.filter(verb="booking.confirmed", facility_id=booking.facility_id).exists()
    assert "3月10日(火) 16:00 より前" in Mail.objects.get(kind="booking_confirmed").text


def test_confirm__by_staff_of_another_facility__is_denied(ask: Ask) -> None:
    elsewhere = factories.StaffMembershipFactory(facility=Facility.objects.get(code="nakano-clinic")).user

    with pytest.raises(PermissionDenied):
        confirm(ask(), by=elsewhere, at=clock.now())


def test_decline__gives_units_and_places_back_and_says_why(ask: Ask, receptionist: Any) -> None:
    booking = decline(ask(), reason="満床のため", by=receptionist, at=clock.now())

    assert booking.status == Booking.Status.DECLINED
    assert nothing_is_held()
    assert "施設から: 満床のため" in Mail.objects.get(kind="booking_declined").text


def test_decline__without_a_reason__is_refused(ask: Ask, receptionist: Any) -> None:
    with pytest.raises(ReasonMissing):
        decline(ask(), reason=" ", by=receptionist, at=clock.now())


def test_confirm__of_a_declined_request__is_no_step_of_its_life(ask: Ask, receptionist: Any) -> None:
    booking = decline(ask(), reason="満床のため", by=receptionist, at=clock.now())

    with pytest.raises(TransitionNotAllowed):
        confirm(booking, by=receptionist, at=clock.now())


def test_confirm__after_the_mother_cancelled__is_overtaken_and_writes_nothing(
    ask: Ask, receptionist: Any, mother: Any
) -> None:
    booking = ask()
    seen_by_facility = Booking.objects.get(pk=booking.pk)
    cancel(booking, contact_at=clock.now(), shown=FREE, by=mother, at=clock.now())

    with pytest.raises(Overtaken):
        confirm(seen_by_facility, by=receptionist, at=clock.now())

    assert Booking.objects.get(pk=booking.pk).status == "cancelled_in_time"
    assert not Mail.objects.filter(kind="booking_confirmed").exists()


def test_expire__gives_everything_back(ask: Ask) -> None:
    expire(ask(), at=clock.now() + dt.timedelta(days=6))

    assert nothing_is_held()
    assert Mail.objects.filter(kind="booking_expired").exists()
