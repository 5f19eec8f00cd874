"""Through whose hands the demo's cases go."""

from collections.abc import Mapping
from dataclasses import dataclass

from postpartum_portal.accounts.models import User


@dataclass(frozen=True)
class Hands:
    """Who does the work: the centre, its decider, and the facilities' staff by the facility's code."""

    centre: User
    decider: User
    at_facility: Mapping[str, User]
