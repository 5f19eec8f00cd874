"""Where the programme publishes no rule, staff decide what a cancellation or a no-show means, and may correct it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from applications.models import LedgerEntry, Pool
from applications.public import UnitsExhausted
from eligibility.engine import UseStatus
from eligibility.public import Municipality
from facilities.models import Booking, OutcomeDecision
from facilities.selectors.uses import use_of
from facilities.services.answering import ReasonMissing
from facilities.services.deciding import NothingToDecide, decide_outcome
from facilities.services.integrity import check
from postpartum_portal.shared import clock
from postpartum_portal.shared.lifecycle import Overtaken
from postpartum_portal.shared.models import Event, Mail
from tests import factories
from tests.facilities.undetermined import booked, cancelled, not_come
from tests.facilities.walking import MAY_CHILD, Family, family, sample_facilities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_tenants", "in_june")]


@pytest.fixture
def household(okayama: Municipality) -> Family:
    sample_facilities()
    return family(okayama, **MAY_CHILD)


@pytest.fixture
def worker(household: Family, okayama: Municipality) -> Any:
    """The centre's decider."""
    return factories.MembershipFactory(municipality=okayama, role="decider").user


def decided(booking: Booking, by: Any, **said: Any) -> OutcomeDecision:
    """They count and 3,000円 is owed, unless told otherwise."""
    usual: dict[str, Any] = {"counts": True, "fee": 3_000, "reason": "用意した食事の分です。", "seen": 0}
    fresh = Booking.objects.select_related("entitlement__birth", "citizen", "facility", "municipality").get(
        pk=booking.pk
    )
    return decide_outcome(fresh, **{**usual, **said}, by=by, at=clock.now())


def used(code: str = "stay_and_day") -> int:
    return Pool.objects.get(code=code).used


def moves(booking: Booking) -> list[tuple[int, str]]:
    rows = LedgerEntry.objects.filter(booking_number=booking.number).order_by("pk")
    return list(rows.values_list("units", "reason"))


@pytest.mark.parametrize("became", [cancelled, not_come])
def test_decide__counts_the_units_and_the_fee__and_keeps_who_and_why(
    household: Family, worker: Any, clock_at: Any, became: Any
) -> None:
    booking = became(household, clock_at)
    assert used() == 0

    decision = decided(booking, worker)

    now = Booking.objects.get(pk=booking.pk)
    assert used() == 2
    assert moves(booking)[-1] == (2, "decided")
    assert now.status == booking.status
    assert (now.consequence["counted"], now.consequence["returned"]) == ({"stay_and_day": 2}, {})
    assert now.consequence["total"] == 3_000
    assert use_of(now).status is UseStatus.COUNTED
    assert (decision.by, decision.at, decision.by_facility) == (worker, clock.now(), False)
    assert Event.objects.get(verb="booking.decided").actor_id == worker.pk
    assert check() == []


def test_decide__by_its_facility__is_said_to_be_the_facilitys(household: Family, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    receptionist = factories.StaffMembershipFactory(facility=booking.facility).user

    assert decided(booking, receptionist, counts=False, fee=0).by_facility


@pytest.mark.parametrize(
    ("fee", "told"),
    [(None, "お金は、まだ決まっていません。"), (0, "お金はかかりません。"), (3_000, "3,000円がかかります。")],
)
def test_decide__tells_her__without_the_reason(
    household: Family, worker: Any, clock_at: Any, fee: int | None, told: str
) -> None:
    decided(cancelled(household, clock_at), worker, fee=fee)

    mail = Mail.objects.get(kind="booking_decided", to=household.mother.email)
    assert mail.subject.startswith("取り消しの扱いが決まりました")
    assert "2日分を、使った日数に数えました。" in mail.text
    assert told in mail.text
    assert "食事" not in mail.text


def test_decide__said_again__corrects_what_was_said(household: Family, worker: Any, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    decided(booking, worker)

    decided(booking, worker, counts=False, fee=None, reason="救急車で運ばれていました。", seen=1)

    now = Booking.objects.get(pk=booking.pk)
    assert used() == 0
    assert moves(booking)[-2:] == [(2, "decided"), (-2, "decided")]
    assert now.consequence["total"]["who_knows"] == "facility"
    assert [decision.fee for decision in OutcomeDecision.objects.order_by("number")] == [3_000, None]
    assert [mail.subject[:12] for mail in Mail.objects.filter(kind="booking_decided").order_by("pk")] == [
        "取り消しの扱いが決まりま",
        "取り消しの扱いが変わりま",
    ]
    assert check() == []


def test_decide__only_the_fee_anew__moves_no_unit(household: Family, worker: Any, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    decided(booking, worker)
    before = moves(booking)

    decided(booking, worker, fee=0, seen=1)

    assert moves(booking) == before
    assert used() == 2


def test_decide__when_what_came_back_was_used_since__changes_nothing(
    household: Family, worker: Any, clock_at: Any
) -> None:
    booking = cancelled(household, clock_at)
    booked(household, service="short_stay", days=6, day="2026-06-20")

    with pytest.raises(UnitsExhausted):
        decided(booking, worker)

    assert used() == 6
    assert not OutcomeDecision.objects.exists()
    assert Booking.objects.get(pk=booking.pk).consequence["counted"] == {}
    assert check() == []


def test_decide__on_what_another_has_decided_since__is_overtaken(household: Family, worker: Any, clock_at: Any) -> None:
    booking = cancelled(household, clock_at)
    decided(booking, worker)

    with pytest.raises(Overtaken):
        decided(booking, worker, counts=False, fee=0)

    assert used() == 2


def test_decide__without_a_reason__is_refused(household: Family, worker: Any, clock_at: Any) -> None:
    with pytest.raises(ReasonMissing):
        decided(cancelled(household, clock_at), worker, reason="  ")


def test_decide__of_a_booking_to_come__has_nothing_to_decide(household: Family, worker: Any) -> None:
    with pytest.raises(NothingToDecide):
        decided(booked(household, service="short_stay", days=2), worker)


def test_decide__of_a_request_that_was_taken_back__has_nothing_to_decide(household: Family, worker: Any) -> None:
    household.sends("short_stay", "2026-06-10", days=2, provisional="on", arrival="10:00")
    household.cancels(household.last(), "in_time")

    with pytest.raises(NothingToDecide):
        decided(household.last(), worker)


def test_decide__where_the_programme_has_a_rule__has_nothing_to_decide(zushi: Municipality, clock_at: Any) -> None:
    household = family(zushi, **MAY_CHILD)
    booking = household.books("short_stay", "2026-06-10", days=2, arrival="09:00:00")
    clock_at.move_to("2026-06-09T09:00:00+09:00")
    household.cancels(booking, "late")
    decider = factories.MembershipFactory(municipality=zushi, role="decider").user

    with pytest.raises(NothingToDecide):
        decided(booking, decider)


@pytest.mark.parametrize("who", ["mother", "nurse", "other_decider", "other_facility"])
def test_decide__by_anybody_else__is_denied(
    household: Family, okayama: Municipality, zushi: Municipality, clock_at: Any, who: str
) -> None:
    booking = cancelled(household, clock_at)
    elsewhere = type(booking.facility).objects.exclude(pk=booking.facility_id)[0]
    people = {
        "mother": household.mother,
        "nurse": factories.MembershipFactory(municipality=okayama, role="centre").user,
        "other_decider": factories.MembershipFactory(municipality=zushi, role="decider").user,
        "other_facility": factories.StaffMembershipFactory(facility=elsewhere).user,
    }

    with pytest.raises(PermissionDenied):
        decided(booking, people[who])


def test_decide__by_a_mother_who_decides_at_the_centre__is_denied(
    household: Family, okayama: Municipality, clock_at: Any
) -> None:
    factories.MembershipFactory(municipality=okayama, role="decider", user=household.mother)

    with pytest.raises(PermissionDenied):
        decided(cancelled(household, clock_at), household.mother)


@pytest.mark.parametrize(
    ("changes", "name"),
    [({"number": 1}, "outcome_is_decided_one_after_the_other"), ({"reason": ""}, "outcome_decision_says_why")],
)
def test_decision__that_contradicts_itself__is_refused_by_name(
    household: Family, worker: Any, clock_at: Any, changes: dict[str, Any], name: str
) -> None:
    decision = decided(cancelled(household, clock_at), worker)
    decision.pk, decision.number = None, 2
    for field, value in changes.items():
        setattr(decision, field, value)

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        decision.save()

    # PostgreSQL names both; SQLite names a unique constraint by its columns.
    assert name in str(broken.value) or "number" in str(broken.value)
