"""Counters and ledger move together, or not at all."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from applications.models import LedgerEntry, Pool
from applications.public import Entitlement, UnitsExhausted, give_back, take
from applications.services.units import NothingToGiveBack
from eligibility.public import Municipality
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def entitlement(kodaira: Municipality) -> Any:
    entitlement = factories.EntitlementFactory(municipality=kodaira)
    with tenant(municipality=kodaira.pk):
        yield entitlement


def used(entitlement: Entitlement) -> dict[str, int]:
    return {pool.code: pool.used for pool in Pool.objects.filter(entitlement=entitlement) if pool.used}


def book(entitlement: Entitlement, **units: int) -> None:
    take(entitlement, units, booking_number="1", by=None, at=clock.now())


def test_take__moves_every_pool_and_writes_a_line_for_each(entitlement: Entitlement) -> None:
    book(entitlement, stay_and_day=3, stay=3, stay_nights=2)

    assert used(entitlement) == {"stay_and_day": 3, "stay": 3, "stay_nights": 2}
    assert {entry.pool.code: entry.units for entry in LedgerEntry.objects.all()} == used(entitlement)


def test_take__beyond_the_limit__names_the_pool_and_moves_none(entitlement: Entitlement) -> None:
    book(entitlement, stay_and_day=5)

    with pytest.raises(UnitsExhausted) as refusal, transaction.atomic():
        book(entitlement, stay=3, stay_and_day=3)

    assert refusal.value.pool == "stay_and_day"
    assert used(entitlement) == {"stay_and_day": 5}


def test_take__of_a_pool_that_was_never_granted__is_exhausted(entitlement: Entitlement) -> None:
    with pytest.raises(UnitsExhausted), transaction.atomic():
        book(entitlement, coupons=1)


def test_give_back__returns_what_was_taken_and_says_why(entitlement: Entitlement) -> None:
    book(entitlement, day=2)

    give_back(entitlement, {"day": 2}, booking_number="1", reason="declined", by=None, at=clock.now())

    assert used(entitlement) == {}
    assert LedgerEntry.objects.get(move="give_back").reason == "declined"


def test_give_back__of_more_than_is_used__is_a_fault(entitlement: Entitlement) -> None:
    with pytest.raises(NothingToGiveBack), transaction.atomic():
        give_back(entitlement, {"day": 1}, booking_number="1", reason="declined", by=None, at=clock.now())


def test_pool__overdrawn_by_hand__is_stopped_by_its_constraint(entitlement: Entitlement) -> None:
    with pytest.raises(IntegrityError, match="pool_is_never_overdrawn"), transaction.atomic():
        Pool.objects.filter(entitlement=entitlement, code="day").update(used=6)
