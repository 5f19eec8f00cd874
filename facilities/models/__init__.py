"""All models of the app; one file per idea."""

from .amount import OfferingAmount
from .booking import Booking
from .capacity import DayCapacity
from .facility import Contract, Facility, Offering, StaffMembership
from .hold import Hold
from .move import Move
from .outcome import OutcomeDecision
from .preparation import Preparation
from .sounding import Sounding
from .waiting import Waiting
from .wish import Wish

__all__ = [
    "Booking",
    "Contract",
    "DayCapacity",
    "Facility",
    "Hold",
    "Move",
    "Offering",
    "OfferingAmount",
    "OutcomeDecision",
    "Preparation",
    "Sounding",
    "StaffMembership",
    "Waiting",
    "Wish",
]
