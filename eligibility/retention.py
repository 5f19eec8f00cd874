"""For how many years a municipality keeps its records: what its programme file publishes, else what staff entered."""

import datetime as dt
from collections.abc import Mapping

from .closed_days import programme_counting
from .engine import Keeping, Record
from .models import Municipality
from .versions import version_in_force

LONGEST_KEPT = 30
"""Years that may be entered; more would be a slip: rules on documents know no longer term than this but 永年."""


def keeping_on(municipality: Municipality, on: dt.date) -> dict[Record, Keeping]:
    """By record; one that is in neither is missing, and nothing of it is ever erased."""
    entered = {Record(record): Keeping(years) for record, years in municipality.retention.items()}
    return {**entered, **published_keeping(municipality, on)}


def published_keeping(municipality: Municipality, on: dt.date) -> Mapping[Record, Keeping]:
    """What the file in force says, each with its sentence."""
    version = version_in_force(municipality, on)
    return programme_counting(version.text, ()).terms.retention if version else {}
