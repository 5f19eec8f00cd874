"""The centre answers a wish: judged and counted as every request, and open again when nobody takes it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from applications.models import Pool
from applications.public import Entitlement
from eligibility.public import Municipality
from facilities.models import Booking, Offering, Wish
from facilities.selectors.uses import use_of
from facilities.services.answering import confirm, decline
from facilities.services.attending import attend
from facilities.services.booking import NotBookable, request_booking
from facilities.services.cancelling import cancel
from facilities.services.reminders import expire_unanswered
from facilities.services.wishing import withdraw_wish
from postpartum_portal.shared import clock
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.arranging import WEDNESDAY, arranged, midwives, supporters, wished
from tests.facilities.shown import FREE

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def visit(kodaira: Municipality, entitlement: Entitlement) -> Offering:
    return supporters(kodaira)


@pytest.fixture
def wish(entitlement: Entitlement) -> Wish:
    return wished(entitlement)


@pytest.fixture
def supporter(visit: Offering) -> Any:
    return factories.StaffMembershipFactory(facility=visit.facility).user


def left(entitlement: Entitlement, code: str) -> int:
    return Pool.objects.get(entitlement=entitlement, code=code).left


def now_of(wish: Wish) -> str:
    return str(Wish.objects.get(pk=wish.pk).status)


def test_arrange__asks_for_the_visit_and_takes_its_unit(
    wish: Wish, visit: Offering, entitlement: Entitlement, nurse: Any, mother: Any
) -> None:
    booking = arranged(wish, visit, by=nurse)

    assert (booking.status, booking.wish, booking.citizen) == (Booking.Status.REQUESTED, wish, mother)
    assert booking.quote["total"] == 1200
    assert left(entitlement, "supporter") == 4
    assert now_of(wish) == Wish.Status.ARRANGED
    assert Event.objects.get(verb="wish.arranged").actor_id == nurse.pk
    text = Mail.objects.get(kind="booking_requested").text
    assert "こども家庭センターがNPO法人子育てサポートきららに依頼しました。" in text
    assert "訪問 13:00 から2時間" in text
    assert "回数が戻ります" in text


@pytest.mark.parametrize(("hours", "total"), [("0.5", 600), ("1", 600), ("1.5", 1200), ("2", 1200)])
def test_arrange__keeps_the_agreed_length_and_prices_each_started_hour(
    wish: Wish, visit: Offering, nurse: Any, hours: str, total: int
) -> None:
    arranged(wish, visit, by=nurse, hours=Decimal(hours))

    booking = Booking.objects.get()
    assert (booking.quote["total"], use_of(booking).hours) == (total, float(hours))


def test_arrange__is_confirmed_and_attended_as_every_booking(
    wish: Wish, visit: Offering, supporter: Any, nurse: Any, clock_at: Any
) -> None:
    booking = confirm(arranged(wish, visit, by=nurse), by=supporter, at=clock.now())
    clock_at.move_to(dt.datetime(2026, 3, 11, 15, tzinfo=clock.TOKYO))

    assert attend(booking, by=supporter, at=clock.now()).quote["total"] == 1200
    assert now_of(wish) == Wish.Status.ARRANGED


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"hours": Decimal("2.5")}, "duration", "2.5時間 > 2時間"),
        ({"arrival": dt.time(16)}, "hours", "16:00から2時間は予約できません。"),
        ({"first_day": dt.date(2026, 5, 15)}, "period", "使える最後の日は5月14日(木)です"),
        ({"last_day": dt.date(2026, 3, 12)}, "shape", "1日ずつ予約します"),
    ],
)
def test_arrange__against_a_rule__says_why_and_leaves_the_wish_open(
    wish: Wish,
    visit: Offering,
    entitlement: Entitlement,
    nurse: Any,
    changes: dict[str, Any],
    code: str,
    sentence: str,
) -> None:
    with pytest.raises(NotBookable) as refusal:
        arranged(wish, visit, by=nurse, **changes)

    assert [finding.code for finding in refusal.value.findings] == [code]
    assert sentence in refusal.value.findings[0].fact
    assert (now_of(wish), left(entitlement, "supporter")) == (Wish.Status.OPEN, 5)


def test_arrange__on_a_declared_vaccination_day__is_refused(
    kodaira: Municipality, entitlement: Entitlement, nurse: Any
) -> None:
    wish = wished(entitlement, service="midwife_visit", words="3月", first_days=[], vaccination_days=[WEDNESDAY])

    with pytest.raises(NotBookable) as refusal:
        arranged(wish, midwives(kodaira), by=nurse)

    assert [finding.code for finding in refusal.value.findings] == ["vaccination_day"]


def test_arrange__by_herself__is_denied(wish: Wish, visit: Offering, mother: Any) -> None:
    with pytest.raises(PermissionDenied):
        arranged(wish, visit, by=mother)


def test_arrange__of_a_wish_of_ones_own__is_for_a_colleague(
    wish: Wish, visit: Offering, kodaira: Municipality, mother: Any, nurse: Any
) -> None:
    factories.MembershipFactory(municipality=kodaira, user=mother)

    with pytest.raises(PermissionDenied):
        arranged(wish, visit, by=mother)
    arranged(wish, visit, by=nurse)


def test_arrange__by_another_municipalitys_centre__is_denied(wish: Wish, visit: Offering) -> None:
    elsewhere = Municipality.objects.create(code="000000", slug="elsewhere", name="見本市")
    stranger = factories.MembershipFactory(municipality=elsewhere).user

    with pytest.raises(PermissionDenied):
        arranged(wish, visit, by=stranger)


def test_arrange__with_an_offering_of_another_service__is_denied(wish: Wish, stay: Offering, nurse: Any) -> None:
    with pytest.raises(PermissionDenied):
        arranged(wish, stay, by=nurse)


def test_request__of_what_the_centre_arranges__needs_a_wish(
    entitlement: Entitlement, visit: Offering, nurse: Any, mother: Any
) -> None:
    for by in (mother, nurse):
        with pytest.raises(PermissionDenied):
            request_booking(
                entitlement,
                visit,
                first_day=WEDNESDAY,
                last_day=WEDNESDAY,
                arrival=dt.time(13),
                note="",
                form_token="form",
                by=by,
                at=clock.now(),
            )


def test_declined__gives_back_and_opens_the_wish_again(
    wish: Wish, visit: Offering, entitlement: Entitlement, supporter: Any, nurse: Any
) -> None:
    first = decline(arranged(wish, visit, by=nurse), reason="この日は休みます。", by=supporter, at=clock.now())

    assert (now_of(wish), left(entitlement, "supporter")) == (Wish.Status.OPEN, 5)
    assert "こども家庭センターが、ほかの日程をさがします。" in Mail.objects.get(kind="booking_declined").text
    second = arranged(wish, visit, by=nurse, first_day=dt.date(2026, 3, 12))
    assert (second.wish, first.wish, now_of(wish)) == (wish, wish, Wish.Status.ARRANGED)


def test_expired__opens_the_wish_again(wish: Wish, visit: Offering, nurse: Any, clock_at: Any) -> None:
    arranged(wish, visit, by=nurse)
    clock_at.move_to(dt.datetime(2026, 3, 11, 0, 5, tzinfo=clock.TOKYO))

    expire_unanswered(clock.now())

    assert now_of(wish) == Wish.Status.OPEN
    assert "ほかの日程をさがします。" in Mail.objects.get(kind="booking_expired").text


def test_cancelled_by_her__leaves_the_wish_closed(wish: Wish, visit: Offering, nurse: Any, mother: Any) -> None:
    booking = arranged(wish, visit, by=nurse)

    cancel(booking, contact_at=clock.now(), shown=FREE, by=mother, at=clock.now())

    assert now_of(wish) == Wish.Status.ARRANGED


def test_arrange__sent_twice__is_one_booking(wish: Wish, visit: Offering, entitlement: Entitlement, nurse: Any) -> None:
    first, second = (arranged(wish, visit, by=nurse, form_token="same") for _ in range(2))

    assert first == second
    assert left(entitlement, "supporter") == 4


def test_arrange__by_two_colleagues__is_done_by_the_first(
    wish: Wish, visit: Offering, entitlement: Entitlement, nurse: Any, decider: Any
) -> None:
    stale = Wish.objects.get(pk=wish.pk)
    arranged(wish, visit, by=nurse)

    with pytest.raises(TransitionNotAllowed):
        arranged(stale, visit, by=decider, first_day=dt.date(2026, 3, 12))

    assert left(entitlement, "supporter") == 4


def test_arrange__of_what_she_withdrew_meanwhile__comes_too_late(
    wish: Wish, visit: Offering, nurse: Any, mother: Any
) -> None:
    withdraw_wish(Wish.objects.get(pk=wish.pk), by=mother, at=clock.now())

    with pytest.raises(TransitionNotAllowed):
        arranged(wish, visit, by=nurse)

    assert not Booking.objects.exists()


def test_wish__is_answered_by_one_booking_at_a_time(wish: Wish, visit: Offering, nurse: Any) -> None:
    booking = arranged(wish, visit, by=nurse)
    booking.pk, booking.number, booking.form_token = None, "0000-0000-0000", "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        booking.save(force_insert=True)
