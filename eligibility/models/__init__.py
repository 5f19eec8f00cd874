"""All models of the app; one file per idea."""

from .amount import AmountIsFinal, AmountRow, MunicipalAmount
from .municipality import RESERVED_SLUGS, Municipality
from .version import ProgrammeVersion, VersionIsImmutable

__all__ = [
    "RESERVED_SLUGS",
    "AmountIsFinal",
    "AmountRow",
    "MunicipalAmount",
    "Municipality",
    "ProgrammeVersion",
    "VersionIsImmutable",
]
