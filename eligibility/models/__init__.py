"""All models of the app; one file per idea."""

from .amount import AmountRow, MunicipalAmount
from .draft import REPLAY_PROGRAMME, ProgrammeDraft
from .municipality import RESERVED_SLUGS, Municipality
from .setting_change import SettingChange
from .version import ProgrammeVersion, VersionIsImmutable

__all__ = [
    "REPLAY_PROGRAMME",
    "RESERVED_SLUGS",
    "AmountRow",
    "MunicipalAmount",
    "Municipality",
    "ProgrammeDraft",
    "ProgrammeVersion",
    "SettingChange",
    "VersionIsImmutable",
]
