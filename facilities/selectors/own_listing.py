"""What the municipalities' lists tell parents about a facility, as the facility itself reads it."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from eligibility.public import Municipality
from facilities.models import Contract, Facility

from .offerings import offerings_in_force
from .versions import versions_of


@dataclass(frozen=True, slots=True)
class OwnListing:
    """One municipality's list. `services`: in the programme's words; `contract`: its way to book and whom it takes."""

    municipality: Municipality
    contract: Contract
    services: tuple[str, ...]


def own_listings(facility: Facility, *, on: dt.date) -> tuple[OwnListing, ...]:
    """By municipality, those whose contract holds on a day."""
    offered = offerings_in_force(on, facility=facility).select_related("municipality", "contract")
    versions = cache(versions_of)
    found = []
    for contract, rows in groupby(offered.order_by("contract_id", "pk"), key=lambda row: row.contract):
        offerings = list(rows)
        place = offerings[0].municipality
        labels = (versions(place.pk).terms_of(row.service, on).service(row.service).label for row in offerings)
        found.append(OwnListing(place, contract, tuple(dict.fromkeys(labels))))
    return tuple(found)
