"""The units that come back when a use does not take place, and those that count as used."""

import datetime as dt
from dataclasses import dataclass

from applications.public import give_back
from eligibility import engine
from facilities.models import Booking
from postpartum_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Moved:
    """Pool code → units. Together they are what the booking took: the ledger must come out even."""

    counted: dict[str, int]
    returned: dict[str, int]


def units_moved(booking: Booking, consequence: engine.Consequence) -> Moved:
    """A consequence in units of this booking, which took them by the decision's terms and perhaps by older ones."""
    counted = {
        code: min(number, booking.units[code])
        for code, number in consequence.counted.items()
        if booking.units.get(code)
    }
    returned = {code: number - counted.get(code, 0) for code, number in booking.units.items()}
    return Moved(counted, {code: number for code, number in returned.items() if number})


def return_units(booking: Booking, moved: Moved, *, by: User, at: dt.datetime) -> None:
    """Part of the caller's transaction; `booking` has its new status, which is the ledger's reason."""
    if moved.returned:
        give_back(
            booking.entitlement, moved.returned, booking_number=booking.number, reason=booking.status, by=by, at=at
        )
