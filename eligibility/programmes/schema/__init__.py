"""The shape of a programme file. Pydantic reads it once; `compiling` turns it into the engine's terms."""

from eligibility.programmes.schema.booking import BookingEntry, PoolEntry
from eligibility.programmes.schema.letters import ConsentEntry, LettersEntry, OfficeEntry, PageEntry
from eligibility.programmes.schema.money import ReductionEntry
from eligibility.programmes.schema.programme import (
    MunicipalityEntry,
    OfficeDaysEntry,
    ProgrammeEntry,
    ProgrammeFile,
    RetentionEntry,
)
from eligibility.programmes.schema.screening import ScreeningEntry
from eligibility.programmes.schema.services import ServiceEntry
from eligibility.programmes.schema.who import (
    AgeLimitEntry,
    ApplicationEntry,
    CircumstanceEntry,
    ClassEntry,
    DocumentEntry,
    FamiliesEntry,
    RequirementEntry,
)

__all__ = [
    "AgeLimitEntry",
    "ApplicationEntry",
    "BookingEntry",
    "CircumstanceEntry",
    "ClassEntry",
    "ConsentEntry",
    "DocumentEntry",
    "FamiliesEntry",
    "LettersEntry",
    "MunicipalityEntry",
    "OfficeDaysEntry",
    "OfficeEntry",
    "PageEntry",
    "PoolEntry",
    "ProgrammeEntry",
    "ProgrammeFile",
    "ReductionEntry",
    "RequirementEntry",
    "RetentionEntry",
    "ScreeningEntry",
    "ServiceEntry",
]
