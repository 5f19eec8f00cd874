"""Where a use takes place: what a facility's own contract says of a service."""

from dataclasses import dataclass

from eligibility.engine.service import AgeLimit
from eligibility.engine.values import Entered, Source


@dataclass(frozen=True, slots=True)
class Place:
    """A facility for one service. None: its list does not say, so the programme's own rule stands alone."""

    name: str = ""
    age_limit: AgeLimit | None = None
    """The children it takes, within the programme's own limit."""
    multiples: bool | None = None
    siblings: bool | None = None
    entered: tuple[Entered, ...] = ()
    """Amounts for unpublished values: its own first, then the municipality's."""
    source: Source | None = None
    """Its line in the list."""


ANYWHERE = Place()
"""No facility is chosen yet."""
