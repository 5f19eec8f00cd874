"""The facilities of a municipality as its public page lists them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from eligibility.public import Municipality
from facilities.models import Facility

from .offerings import offerings_in_force


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility under contract, with the codes of the services it gives."""

    facility: Facility
    services: tuple[str, ...]


def listed_facilities(municipality: Municipality, *, on: dt.date) -> list[ListedFacility]:
    """Those whose contract holds on a day, in the order of the facility file."""
    in_force = offerings_in_force(on, municipality=municipality)
    offered = in_force.select_related("facility").order_by("facility_id", "pk")
    return [
        ListedFacility(facility, tuple(offering.service for offering in offerings))
        for facility, offerings in groupby(offered, key=lambda offering: offering.facility)
    ]
