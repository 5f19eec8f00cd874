"""The facilities of a municipality as its public page lists them."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from eligibility.public import Municipality
from facilities.models import Facility, Offering


@dataclass(frozen=True, slots=True)
class ListedFacility:
    """A facility under contract, with the codes of the services it gives."""

    facility: Facility
    services: tuple[str, ...]


def listed_facilities(municipality: Municipality, *, on: dt.date) -> list[ListedFacility]:
    """Those whose contract holds on a day, in the order of the facility file."""
    begun = Q(contract__starts_on__isnull=True) | Q(contract__starts_on__lte=on)
    going = Q(contract__ends_on__isnull=True) | Q(contract__ends_on__gte=on)
    offered = (
        Offering.objects.filter(begun, going, municipality=municipality)
        .select_related("facility")
        .order_by("facility_id", "pk")
    )
    return [
        ListedFacility(facility, tuple(offering.service for offering in offerings))
        for facility, offerings in groupby(offered, key=lambda offering: offering.facility)
    ]
