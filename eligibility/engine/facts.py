"""What is known about a household when a rule is applied.

None, or a circumstance that is not told, means: not known. Nobody has asked yet, or she is not sure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Family(StrEnum):
    """Who asks for care: a mother with her child, or one of those whom some services are open to besides."""

    MOTHER = "mother"
    FATHER = "father"
    FOSTER = "foster"
    BEREAVED = "bereaved"


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate that is complete and handed in."""

    document: str
    fiscal_year: int | None = None
    """The fiscal year it is of; None where the programme does not ask for one."""
    since: date | None = None
    """The day it was handed in; None: with the application, so for every use."""


@dataclass(frozen=True, slots=True)
class HeldClass:
    """A household's class from a day to a day, both included; None: since ever, until further notice."""

    code: str
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Facts:
    due_date: date | None = None
    birth_date: date | None = None
    """The day of birth or, after a loss, the day it happened: the year counts from it."""
    children: int = 1
    """Children of this birth: 2 for twins."""
    family: Family = Family.MOTHER
    told: Mapping[str, bool] = field(default_factory=dict)
    """Circumstance code of the programme → yes or no; a code that is missing is not known."""
    household_class: str = ""
    """The class she names; empty: the programme's first."""
    classes: tuple[HeldClass, ...] = ()
    """Dated classes, where the household's class changes: on a day the last one that holds counts, else the above."""
    proofs: frozenset[Proof] | None = None
    """What is complete and handed in; None before anybody could hand in any: she is taken at her word."""
    income: int | None = None
    """Yen a year, as far as a certificate shows it; for programmes whose classes are bands of income."""
    corrected_age: bool | None = None
    """The centre allows this child's age to be counted from the due date, where the programme decides case by case."""
    moves_out_on: date | None = None
    """The day on which the family moves out of the municipality; None: it stays."""
    handbook_on: date | None = None
    """The day on which she was given the 母子健康手帳; None: not known, or not yet."""
    handbook_awaited: bool = False
    """She has not been given one yet."""
    reductions_used: Mapping[str, int] = field(default_factory=dict)
    """Code of a reduction for the first so many uses → how many of them were had before anything was counted here."""

    @property
    def counted_children(self) -> int:
        """For how many children is reckoned: after a loss for one, so that no limit, price or sentence tells of two."""
        return 1 if self.family is Family.BEREAVED else self.children

    def class_on(self, day: date) -> str:
        """The class that holds on a day; empty: the programme's first."""
        for held in reversed(self.classes):
            if held.holds_on(day):
                return held.code
        return self.household_class
