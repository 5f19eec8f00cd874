"""Programme files: reading them, saying what is wrong with them, and compiling them to the engine's terms."""

from eligibility.programmes.facilities import load_facilities
from eligibility.programmes.facility_records import (
    Accepts,
    AmountRecord,
    BookingWay,
    ContractPriceRecord,
    FacilityList,
    FacilityRecord,
    ServiceRecord,
)
from eligibility.programmes.programme import Programme, load_programme, stored_programme
from eligibility.programmes.reading import Problem, ProgrammeFileError

__all__ = [
    "Accepts",
    "AmountRecord",
    "BookingWay",
    "ContractPriceRecord",
    "FacilityList",
    "FacilityRecord",
    "Problem",
    "Programme",
    "ProgrammeFileError",
    "ServiceRecord",
    "load_facilities",
    "load_programme",
    "stored_programme",
]
