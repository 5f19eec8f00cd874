"""What a pool counts and a price is for."""

from enum import StrEnum


class UnitKind(StrEnum):
    """A stay of N nights is N nights, N+1 days and one use; N days of a day service are N uses. Hours are started ones."""

    DAYS = "days"
    NIGHTS = "nights"
    USES = "uses"
    HOURS = "hours"
