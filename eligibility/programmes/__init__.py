"""Programme files: reading them, saying what is wrong with them, and compiling them to the engine's terms."""

from eligibility.programmes.facilities import FacilityList, FacilityRecord, load_facilities
from eligibility.programmes.programme import Programme, load_programme
from eligibility.programmes.reading import Problem, ProgrammeFileError

__all__ = [
    "FacilityList",
    "FacilityRecord",
    "Problem",
    "Programme",
    "ProgrammeFileError",
    "load_facilities",
    "load_programme",
]
