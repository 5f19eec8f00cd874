"""A service of a programme: for whom and until when, in which hours and at which length, at what price."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from eligibility.engine.cancellation import Cancellation
from eligibility.engine.facts import Family
from eligibility.engine.price import Price
from eligibility.engine.values import Source


class ServiceKind(StrEnum):
    STAY = "stay"
    DAY = "day"
    VISIT = "visit"


class ArrangedBy(StrEnum):
    """Who settles the day: the parent books at the facility, or the centre assigns somebody."""

    FACILITY = "facility"
    CENTRE = "centre"


class AgeUnit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class CountedFrom(StrEnum):
    """From which day a child's age is counted."""

    BIRTH = "birth"
    CORRECTED = "corrected"
    """From the due date for a child born no later than `corrected_up_to`; from the birth for others."""
    CASE_BY_CASE = "case_by_case"
    """From the birth, unless the centre allows the due date for this child."""


class TestedOn(StrEnum):
    """Which day of a use must lie within an age limit; with the last day, every day of the use does."""

    LAST_DAY = "last_day"
    FIRST_DAY = "first_day"


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Use is possible while the child is under this age; with `inclusive`, on the corresponding day (応当日) too."""

    number: int
    unit: AgeUnit
    title: str
    source: Source
    inclusive: bool = False
    tested_on: TestedOn = TestedOn.LAST_DAY
    counted_from: CountedFrom = CountedFrom.BIRTH
    corrected_up_to: tuple[int, int] = (0, 0)
    """Weeks and days of pregnancy at birth, included: (36, 6)."""
    correction: Source | None = None
    """The sentence about corrected age, where there is one."""


@dataclass(frozen=True, slots=True)
class AskBeyond:
    """From an age on, the programme leaves the answer to others (順次拡充予定): neither yes nor no."""

    limit: AgeLimit
    """Beyond this limit, and within the service's own, one asks."""
    answer: str
    """施設へお問い合わせください"""


@dataclass(frozen=True, slots=True)
class FamilyRule:
    """For which families a service is; for those in `ask` the page says nothing, so the centre is asked."""

    open_to: frozenset[Family]
    ask: frozenset[Family]
    source: Source


@dataclass(frozen=True, slots=True)
class Hours:
    """A stay runs from `opens` on its first day to `closes` on its last; others lie between the two on one day."""

    opens: time | None
    """None where each facility has hours of its own."""
    closes: time | None
    text: str
    source: Source
    principle: bool = False
    """The rule says 原則: what lies outside is asked about, not refused."""


@dataclass(frozen=True, slots=True)
class Duration:
    """The longest a single use may last, in minutes."""

    minutes: int
    minutes_multiples: int
    source: Source

    def for_children(self, children: int) -> int:
        return self.minutes_multiples if children > 1 else self.minutes


@dataclass(frozen=True, slots=True)
class Length:
    """The shortest and the longest single use, in days of which both ends count."""

    shortest: int
    longest: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class ClosedSeason:
    """Days of each year without service, as (month, day), both included; it may run over the new year."""

    label: str
    first: tuple[int, int]
    last: tuple[int, int]
    source: Source


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    code: str
    label: str
    short_label: str
    kind: ServiceKind
    arranged_by: ArrangedBy
    summary: str
    care: tuple[str, ...]
    notes: tuple[str, ...]
    families: FamilyRule
    age_limit: AgeLimit
    ask_beyond: AskBeyond | None
    hours: Hours
    duration: Duration | None
    length: Length | None
    price: Price
    cancellation: Cancellation
    closed: tuple[ClosedSeason, ...]
    vaccination: Source | None
    """The sentence that rules out the day of the child's vaccination, where there is one."""
    preparatory_visit: Source | None
    """The sentence by which somebody comes before the first visit, to agree on days and hours (事前訪問)."""

    @property
    def last_day_called(self) -> str:
        """What the last day of the period is: of use or, where a stay is judged by its first day, to begin on."""
        begins = self.kind is ServiceKind.STAY and self.age_limit.tested_on is TestedOn.FIRST_DAY
        return "始められる最後の日" if begins else "使える最後の日"
