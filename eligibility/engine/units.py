"""What a pool counts and a price is for."""

from enum import StrEnum


class UnitKind(StrEnum):
    """A stay of N nights is N nights, N+1 days and one use; each day of a day service is one. Started hours count."""

    DAYS = "days"
    NIGHTS = "nights"
    USES = "uses"
    HOURS = "hours"
