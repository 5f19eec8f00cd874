"""The shape of a programme file: the whole of it, whose it is, and since when."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from eligibility.engine import GrantedBy, PriceChange
from eligibility.programmes.fields import Code, Day, MunicipalityCode, Sourced, Strict, Text, Url
from eligibility.programmes.schema.booking import BookingEntry, PoolEntry
from eligibility.programmes.schema.letters import ConsentEntry, LettersEntry, OfficeEntry, PageEntry
from eligibility.programmes.schema.money import ReductionEntry
from eligibility.programmes.schema.services import ClosedEntry, ServiceEntry
from eligibility.programmes.schema.who import (
    AgeLimitEntry,
    ApplicationEntry,
    CircumstanceEntry,
    ClassEntry,
    DocumentEntry,
    FamiliesEntry,
    RequirementEntry,
)

FORMAT = 1
"""The number of the shape below. It may grow by keys that can be left out; what a file says today it says for good."""


def _format(value: object) -> int:
    if value != str(FORMAT):
        raise ValueError(f"format: {FORMAT} と書いてください。ほかの形は読めません。")
    return FORMAT


class MunicipalityEntry(Strict):
    code: MunicipalityCode
    slug: Code
    name: Text


class ProgrammeEntry(Strict):
    name: Text
    published: Day | None = None
    effective_from: Day | None = None
    document: Text
    url: Url = ""
    price_change: PriceChange = PriceChange.FIRST_DAY
    granted_by: GrantedBy = GrantedBy.LETTER


class OfficeDaysEntry(Sourced):
    closed: tuple[ClosedEntry, ...] = ()


class ProgrammeFile(Strict):
    """A whole programme file."""

    format: Annotated[int, BeforeValidator(_format)]
    municipality: MunicipalityEntry
    programme: ProgrammeEntry
    offices: tuple[OfficeEntry, ...]
    office_days: OfficeDaysEntry | None = None
    circumstances: dict[Code, CircumstanceEntry]
    requirements: tuple[RequirementEntry, ...]
    families: FamiliesEntry | None = None
    age_limit: AgeLimitEntry | None = None
    application: ApplicationEntry
    documents: tuple[DocumentEntry, ...] = ()
    classes: tuple[ClassEntry, ...]
    reductions: tuple[ReductionEntry, ...] = ()
    consents: tuple[ConsentEntry, ...]
    services: tuple[ServiceEntry, ...]
    pools: tuple[PoolEntry, ...]
    booking: BookingEntry
    page: PageEntry
    letters: LettersEntry
    examples: tuple[dict[str, Any], ...] = ()
