"""A contract of the clinic, and the browsers of the centre."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from eligibility.public import Municipality
from facilities.models import Contract, ContractPrice, Facility
from facilities.services.contracts import enter_price, to_enter
from postpartum_portal.shared import clock
from postpartum_portal.shared.tenancy import tenant
from tests.clients import signed_in
from tests.facilities.staff.conftest import book, desk, stand

__all__ = ["book", "desk", "stand"]

Enter = Callable[..., ContractPrice]


@pytest.fixture
def contract(kodaira: Municipality, clinic: Facility) -> Contract:
    with tenant(municipality=kodaira.pk):
        return Contract.objects.get(facility=clinic)


@pytest.fixture
def enter(contract: Contract, decider: Any) -> Enter:
    """A stay is paid 30,000 yen a day since 2025-04-01, unless told otherwise."""

    def entered(service: str = "short_stay", kind: str = "use", amount: int = 30_000, **changes: Any) -> ContractPrice:
        usual: dict[str, Any] = {"per": ContractPrice.Per.DAY, "starts_on": dt.date(2025, 4, 1), "by": decider}
        said = usual | changes
        by = said.pop("by")
        row = to_enter(contract, service, ContractPrice.Kind(kind), amount=amount, **said)
        with tenant(municipality=contract.municipality_id):
            return enter_price(row, by=by, at=clock.now())

    return entered


@pytest.fixture
def boss(decider: Any) -> Client:
    """A decider's browser."""
    return signed_in(decider)


@pytest.fixture
def clerk(nurse: Any) -> Client:
    """The browser of somebody who works at the centre and does not decide."""
    return signed_in(nurse)
