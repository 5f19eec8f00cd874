"""A municipality's programme, compiled: the rules as values, each with the sentence it comes from.

Only what a programme in use needs stands here. A service stands in `service`, texts for page and letter in `texts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from eligibility.engine.applying import ApplicationRule, Circumstance, Lead, Requirement
from eligibility.engine.classes import Document, HouseholdClass, Reduction
from eligibility.engine.coupons import Coupons
from eligibility.engine.facts import Family
from eligibility.engine.keeping import Keeping, Record
from eligibility.engine.pools import Pool
from eligibility.engine.screening import Script
from eligibility.engine.service import ClosedSeason, Service
from eligibility.engine.texts import Consent, LetterTexts, Office, PageTexts
from eligibility.engine.values import Source


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days from `first` to `last`, both included, on which the office is closed: once, or in each year."""

    label: str
    first: date
    last: date
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """Working days are Monday to Friday without national holidays, these seasons, and what the office `entered`."""

    closed: tuple[ClosedSeason, ...]
    source: Source | None
    entered: tuple[ClosedDays, ...] = ()


class PriceChange(StrEnum):
    """Which version prices a stay that runs over the day a new one begins."""

    FIRST_DAY = "first_day"
    EACH_DAY = "each_day"


@dataclass(frozen=True, slots=True)
class Limit:
    """A number with the sentence that sets it."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class BeforeGranted:
    """A facility may be asked for a booking before anything is granted."""

    answer: str
    """How she gets it granted: 子育て支援課にお問い合わせください"""
    source: Source


@dataclass(frozen=True, slots=True)
class BookingRules:
    """What holds for a booking of any service."""

    uses_per_day: int
    uses_per_day_source: Source
    birth_recorded: Source | None
    """Why a booking waits for the recorded birth; None where it does not."""
    approved: Source
    """Why a booking needs a decision that grants its service."""
    in_advance: Source
    """Why a day that has passed cannot be booked."""
    notice: Lead | None = None
    """At least so long before the first day."""
    horizon: Limit | None = None
    """At most so many days ahead."""
    open_at_once: Limit | None = None
    """At most so many bookings to come at one time."""
    provisional: Source | None = None
    """The facility is phoned for a provisional booking first."""
    before_granted: BeforeGranted | None = None
    """None: a booking waits until its service is granted."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """All that one version of a programme says. Compiled once per text, so one is equal to itself only."""

    municipality: str
    programme: str
    application: ApplicationRule
    requirements: tuple[Requirement, ...]
    services: tuple[Service, ...]
    pools: tuple[Pool, ...]
    classes: tuple[HouseholdClass, ...]
    reductions: tuple[Reduction, ...]
    documents: tuple[Document, ...]
    booking: BookingRules
    price_change: PriceChange
    office_days: OfficeDays
    consents: tuple[Consent, ...]
    offices: tuple[Office, ...]
    page: PageTexts
    letters: LetterTexts
    screening: Script
    coupons: Coupons | None = None
    """What she holds in her hands when she may use it; None: the letter of the decision."""
    retention: Mapping[Record, Keeping] = field(default_factory=dict)
    """For how long records are kept, as far as the municipality has published it."""
    after_loss: "Terms | None" = None
    """The same rules in the second wording, where the file has one: for a family after a miscarriage or stillbirth."""

    def said_to(self, family: Family) -> "Terms":
        """The terms in the words for such a family; rules and codes are the same in both."""
        return self.after_loss if self.after_loss and family is Family.BEREAVED else self

    def service(self, code: str) -> Service:
        """The service with this code; KeyError where the programme has none."""
        return _by_code(self.services, code)

    def offers(self, code: str) -> bool:
        return any(service.code == code for service in self.services)

    def pool(self, code: str) -> Pool:
        return _by_code(self.pools, code)

    def household_class(self, code: str) -> HouseholdClass:
        return _by_code(self.classes, code)

    @property
    def local_offices(self) -> tuple[Office, ...]:
        """The offices among which a family has its own; empty where there are not several."""
        local = tuple(office for office in self.offices if office.serves is not None)
        return local if len(local) > 1 else ()

    def office_in_charge(self, code: str) -> Office | None:
        """A family's own office; None where it has none, or this version gave it up."""
        return next((office for office in self.local_offices if office.code == code), None)

    @property
    def circumstances(self) -> tuple[Circumstance, ...]:
        """All that the requirements ask for, each once, in the file's order."""
        asked = {item.code: item for requirement in self.requirements for item in requirement.circumstances}
        return tuple(asked.values())

    def pools_of(self, service: str) -> tuple[Pool, ...]:
        """The pools a use of this service draws on, in the file's order."""
        return tuple(pool for pool in self.pools if service in pool.services)


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Row = TypeVar("_Row", bound=_Coded)


def _by_code(rows: tuple[_Row, ...], code: str) -> _Row:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)
