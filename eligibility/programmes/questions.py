"""What can be asked of a programme, as values of the engine."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from eligibility.engine import Facts, Grant, Place, Use


@dataclass(frozen=True, slots=True)
class Windows:
    """From when may she apply, and until when may she use what?"""


@dataclass(frozen=True, slots=True)
class Judging:
    """May she use it, seen from this day?"""

    on: date


@dataclass(frozen=True, slots=True)
class Booking:
    """May this be booked, and what does it cost?"""

    use: Use
    on: date


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What follows if she calls it off at this moment?"""

    use: Use
    contact_at: datetime


@dataclass(frozen=True, slots=True)
class NotComing:
    """What follows if she does not come?"""

    use: Use


Asked: TypeAlias = Windows | Judging | Booking | Cancelling | NotComing


@dataclass(frozen=True, slots=True)
class Question:
    asked: Asked
    facts: Facts
    grant: Grant
    """What the rules give or, where the question says so, what a decision gave."""
    place: Place
    held: tuple[Use, ...]
    """Her other uses, numbered from 1 in the order in which they are written; the one asked about comes last."""
    applied_on: date | None
    vaccination_days: frozenset[date]
