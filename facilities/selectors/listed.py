"""The facilities of a municipality as its public page lists them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from eligibility import engine
from eligibility.public import Municipality
from facilities.models import Contract, Facility, Offering, StaffMembership

from .limits import places_of
from .offerings import offerings_in_force


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service that a facility gives. `ages`: whom it takes, where that differs from what the facility says at all.

    `offering` is its id, by which it is booked.
    """

    code: str
    ages: str
    place: engine.Place
    offering: int


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility under contract, and the services it gives.

    `here`: whether somebody answers bookings on the portal, itself or the association through which one books.
    """

    facility: Facility
    contract: Contract
    services: tuple[ListedService, ...]
    here: bool


def listed_facilities(municipality: Municipality, *, on: dt.date) -> list[ListedFacility]:
    """Those whose contract holds on a day, in the order of the facility file."""
    in_force = offerings_in_force(on, municipality=municipality)
    offered = list(in_force.select_related("facility", "contract__booked_through").order_by("facility_id", "pk"))
    places, staffed = places_of(offered), _staffed()
    return [
        _listed(tuple(offerings), places, staffed)
        for _, offerings in groupby(offered, key=lambda offering: offering.contract)
    ]


def _listed(offerings: tuple[Offering, ...], places: dict[int, engine.Place], staffed: set[int]) -> ListedFacility:
    facility, contract = offerings[0].facility, offerings[0].contract
    services = tuple(ListedService(item.service, item.age_title, places[item.pk], item.pk) for item in offerings)
    return ListedFacility(facility, contract, services, here=(contract.booked_through_id or facility.pk) in staffed)


def _staffed() -> set[int]:
    """The facilities, associations among them, at which somebody signs in."""
    return set(StaffMembership.objects.values_list("facility_id", flat=True))
