"""The facilities of a municipality as its public page lists them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Contract, Facility, Offering

from .limits import places_of
from .offerings import offerings_in_force


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service that a facility gives. `ages`: whom it takes, where that differs from what the facility says at all."""

    code: str
    ages: str
    place: engine.Place


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility under contract, and the services it gives."""

    facility: Facility
    contract: Contract
    services: tuple[ListedService, ...]


def listed_facilities(municipality: Municipality, *, on: dt.date) -> list[ListedFacility]:
    """Those whose contract holds on a day, in the order of the facility file."""
    in_force = offerings_in_force(on, municipality=municipality)
    offered = list(in_force.select_related("facility", "contract").order_by("facility_id", "pk"))
    places = places_of(offered)
    return [
        _listed(tuple(offerings), places) for _, offerings in groupby(offered, key=lambda offering: offering.contract)
    ]


def _listed(offerings: tuple[Offering, ...], places: dict[int, engine.Place]) -> ListedFacility:
    services = tuple(ListedService(item.service, item.age_title, places[item.pk]) for item in offerings)
    return ListedFacility(offerings[0].facility, offerings[0].contract, services)
