"""A confirmed stay, and asking for other days."""

from typing import Any

import pytest

from facilities.models import Booking, Move, Offering
from facilities.public import confirm
from postpartum_portal.shared import clock
from tests.facilities.conftest import Ask
from tests.facilities.moves import IN_TIME, Shift, day, move_to


@pytest.fixture
def booked(ask: Ask, receptionist: Any) -> Booking:
    """Three days from 3月11日, confirmed."""
    return confirm(ask(), by=receptionist, at=clock.now())


@pytest.fixture
def move(stay: Offering, mother: Any) -> Shift:
    """The mother's booking to other days of March, a second before its deadline unless told otherwise."""

    def asked(booking: Booking, first: int, last: int, **exceptions: Any) -> Move:
        said: dict[str, Any] = {"by": mother, "at": IN_TIME, **exceptions}
        return move_to(booking, said.pop("offering", stay), day(first), day(last), **said)

    return asked
