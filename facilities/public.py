"""The door of `facilities`: bookings, and what may be booked where. Joined pages come in by here."""

from .models import Booking, Facility, Offering
from .selectors.adjusting import needs_adjusting
from .selectors.listed import ListedFacility, listed_facilities
from .selectors.proposals import Proposal, propose
from .selectors.uses import deadline_of, length_of, use_of
from .services.answering import ReasonMissing, confirm, decline
from .services.attending import TooEarly, attend, no_show
from .services.booking import DayFull, NotBookable, request_booking
from .services.cancelling import ConsequenceChanged, ContactInFuture, cancel, preview
from .services.employing import employ, works_at_a_facility

__all__ = [
    "Booking",
    "ConsequenceChanged",
    "ContactInFuture",
    "DayFull",
    "Facility",
    "ListedFacility",
    "NotBookable",
    "Offering",
    "Proposal",
    "ReasonMissing",
    "TooEarly",
    "attend",
    "cancel",
    "confirm",
    "deadline_of",
    "decline",
    "employ",
    "length_of",
    "listed_facilities",
    "needs_adjusting",
    "no_show",
    "preview",
    "propose",
    "request_booking",
    "use_of",
    "works_at_a_facility",
]
