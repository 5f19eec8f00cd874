"""A municipality's programme, compiled: the rules as values, each with the sentence it comes from.

Only what a programme in use needs stands here. A service stands in `service`, texts for page and letter in `texts`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol, TypeVar

from eligibility.engine.service import Service, UnitKind
from eligibility.engine.texts import Consent, LetterTexts, Office, PageTexts
from eligibility.engine.values import Source


class PoolScope(StrEnum):
    """Whether a pool's limit holds for the birth or is multiplied by the number of children."""

    BIRTH = "birth"
    CHILD = "child"


CircumstanceCode = Literal["resident", "lacks_support", "unwell_or_anxious", "fever_or_infection", "needs_medical_care"]
"""The facts a requirement may ask for; each is an attribute of `Facts`."""


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A yes/no fact about her, with the question and the sentences that report the answer."""

    code: CircumstanceCode
    question: str
    yes: str
    no: str


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


@dataclass(frozen=True, slots=True)
class ApplicationRule:
    """Applications open when the pregnancy reaches this week, or at birth if the child comes earlier."""

    title: str
    weeks: int
    days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Pool:
    """A number of units that several services draw on."""

    code: str
    label: str
    services: tuple[str, ...]
    unit: UnitKind
    limit: int
    per: PoolScope
    principle: bool
    extended_limit: int
    """The most that staff may grant with a reason; equal to `limit` where the rule does not say 原則."""
    source: Source

    def limit_for(self, children: int) -> int:
        return self.limit * children if self.per is PoolScope.CHILD else self.limit

    def extended_limit_for(self, children: int) -> int:
        return self.extended_limit * children if self.per is PoolScope.CHILD else self.extended_limit


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that the application asks for."""

    code: str
    label: str
    needed_when: str
    per_member: bool
    """One for each member of the household."""
    paper_only: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Waiver:
    """The class pays nothing, once its proof is there."""

    label: str
    proof: Document
    source: Source


@dataclass(frozen=True, slots=True)
class HouseholdClass:
    code: str
    label: str
    choice: str
    """How the class is offered to her in a form."""
    waiver: Waiver | None


@dataclass(frozen=True, slots=True)
class BookingRules:
    """What holds for a booking of any service."""

    uses_per_day: int
    uses_per_day_source: Source
    birth_recorded: Source
    """Why a booking waits for the recorded birth."""
    approved: Source
    """Why a booking needs a decision that grants its service."""
    in_advance: Source
    """Why a day that has passed cannot be booked."""


@dataclass(frozen=True, slots=True)
class Terms:
    """All that one version of a programme says."""

    municipality: str
    programme: str
    application: ApplicationRule
    requirements: tuple[Requirement, ...]
    services: tuple[Service, ...]
    pools: tuple[Pool, ...]
    classes: tuple[HouseholdClass, ...]
    documents: tuple[Document, ...]
    booking: BookingRules
    consents: tuple[Consent, ...]
    offices: tuple[Office, ...]
    page: PageTexts
    letters: LetterTexts

    def service(self, code: str) -> Service:
        """The service with this code; KeyError where the programme has none."""
        return _by_code(self.services, code)

    def pool(self, code: str) -> Pool:
        return _by_code(self.pools, code)

    def household_class(self, code: str) -> HouseholdClass:
        return _by_code(self.classes, code)

    @property
    def circumstances(self) -> tuple[Circumstance, ...]:
        """All that the requirements ask for, in the file's order."""
        return tuple(item for requirement in self.requirements for item in requirement.circumstances)

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
