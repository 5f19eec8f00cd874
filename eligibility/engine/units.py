"""What a pool counts and a price is for."""

from enum import StrEnum


class UnitKind(StrEnum):
    """A stay of N nights is N nights and N+1 days. Hours are started hours."""

    DAYS = "days"
    NIGHTS = "nights"
    USES = "uses"
    HOURS = "hours"
