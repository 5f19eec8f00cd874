"""Household classes, what proves them, and what they are spared."""

from dataclasses import dataclass
from enum import StrEnum

from eligibility.engine.units import UnitKind
from eligibility.engine.values import Amount, Source


@dataclass(frozen=True, slots=True)
class Document:
    """A paper that the application asks for, or a consent that stands for it."""

    code: str
    label: str
    needed_when: str
    per_member: bool
    """One for each member of the household."""
    paper_only: bool
    source: Source
    consent: bool = False
    """Nothing is uploaded: she agrees, with all of her household, that the office looks it up."""


class ProofWorks(StrEnum):
    """For which uses a proof counts."""

    ALWAYS = "always"
    """For every use that is not paid yet."""
    FROM_HANDING_IN = "from_handing_in"
    """For uses from the day on which it was handed in; earlier ones are not paid back."""


@dataclass(frozen=True, slots=True)
class ProofRule:
    """What shows that a household is of a class; any one of the documents will do."""

    documents: tuple[Document, ...]
    works: ProofWorks
    source: Source
    fiscal_year_from_month: int | None = None
    """The certificate must be of the fiscal year of the use, and of the year before in the months from April up to this
    one (7: April, May and June need last year's); None: of no particular year."""

    @property
    def document(self) -> Document:
        """The one that is asked for first."""
        return self.documents[0]


@dataclass(frozen=True, slots=True)
class Band:
    """Yen a year: from `at_least`, under `under`; None: open."""

    at_least: int | None
    under: int | None

    def holds(self, income: int) -> bool:
        return (self.at_least is None or self.at_least <= income) and (self.under is None or income < self.under)


@dataclass(frozen=True, slots=True)
class HouseholdClass:
    code: str
    label: str
    choice: str
    """How the class is offered to her in a form."""
    proof: ProofRule | None
    """None: no proof is needed."""
    income: Band | None = None


class ReductionKind(StrEnum):
    FIXED = "fixed"
    """The unit costs `amount` instead."""
    OFF = "off"
    """`amount` is taken off each unit."""
    PERCENT = "percent"
    """`percent` is taken off each unit; what is left is rounded down to `round_to` yen."""
    WAIVER = "waiver"
    """Nothing is left to pay."""


@dataclass(frozen=True, slots=True)
class FirstUses:
    """The reduction is for the first so many uses of a birth, in the order of first day, start time, number."""

    number: int
    unit: UnitKind
    """What is one use: a day of a stay, or the whole use."""
    over: tuple[str, ...]
    """The services whose uses are counted."""
    late_cancelled_count: bool


@dataclass(frozen=True, slots=True)
class Reduction:
    """Something taken off a price for some classes and services; the reductions apply in the file's order."""

    code: str
    label: str
    kind: ReductionKind
    classes: tuple[str, ...]
    services: tuple[str, ...]
    source: Source
    amount: Amount | None = None
    percent: int = 0
    round_to: int = 1
    first: FirstUses | None = None
