"""What a programme asks about her, and from when one may apply."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eligibility.engine.values import Source


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A yes/no fact about her, with the question and the sentences that report the answer."""

    code: str
    """Chosen by the file; `resident` is asked with the address, `care_plan` and others with how she is."""
    question: str
    yes: str
    no: str
    purpose: str
    """Why it is asked, in one sentence for her."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """Met when one of the circumstances holds (`expects` True), or when none of them does (`expects` False)."""

    code: str
    title: str
    circumstances: tuple[Circumstance, ...]
    expects: bool
    principle: bool
    """The rule says 原則: what speaks against it is asked about, not refused."""
    source: Source
    services: tuple[str, ...] = ()
    """Only for these services; empty: for all."""
    otherwise: str = ""
    """What she can do where it is not met."""


class Opens(StrEnum):
    """From when one may apply. A child born earlier opens it at birth, whatever the rule."""

    WEEKS = "weeks"
    MONTHS_BEFORE_DUE = "months_before_due"
    """Calendar months before the due date, clipped to the month's last day."""
    AT_BIRTH = "at_birth"
    ANY_TIME = "any_time"
    UNPUBLISHED = "unpublished"
    """A word without a day (妊娠後期): shown as it is; staff judge it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A time counted in calendar days, or in the office's working days."""

    days: int
    working: bool
    source: Source


@dataclass(frozen=True, slots=True)
class HandbookRule:
    """Since when coupons are handed over with the 母子健康手帳; whoever got hers earlier applies for them."""

    coupons_from: date
    missing: str
    """What she does who cannot find them, in one sentence for her."""
    source: Source


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    title: str
    opens: Opens
    source: Source
    weeks: int = 0
    days: int = 0
    months: int = 0
    words: str = ""
    """What the page says instead of a day: 妊娠後期."""
    lead: Lead | None = None
    """How long before the first day of use the application must be in."""
    takes: Lead | None = None
    """How long the decision is said to take."""
    handbook: HandbookRule | None = None
    """None: nobody is asked about the handbook."""
