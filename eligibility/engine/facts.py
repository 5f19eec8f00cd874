"""What is known about a household when a rule is applied.

None means: not known. Nobody has asked yet, or she is not sure.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    due_date: date | None = None
    birth_date: date | None = None
    children: int = 1
    """Children of this birth: 2 for twins."""
    resident: bool | None = None
    lacks_support: bool | None = None
    unwell_or_anxious: bool | None = None
    fever_or_infection: bool | None = None
    needs_medical_care: bool | None = None
    household_class: str = "general"
    proofs: frozenset[str] | None = None
    """Codes of the documents that are complete and handed in; None before anybody could hand in any."""
