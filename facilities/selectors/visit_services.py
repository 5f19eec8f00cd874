"""The services for which a facility goes to families, under contracts that hold."""

import datetime as dt
from functools import cache

from eligibility import engine
from facilities.models import Facility

from .offerings import offerings_in_force
from .versions import versions_of


def visit_services(facility: Facility, *, on: dt.date) -> tuple[engine.Service, ...]:
    """Of all municipalities, in the order of the lists; none where everybody comes to it."""
    versions = cache(versions_of)
    rows = offerings_in_force(on, facility=facility).order_by("pk")
    services = (versions(row.municipality_id).terms_of(row.service, on).service(row.service) for row in rows)
    return tuple(service for service in services if service.kind is engine.ServiceKind.VISIT)
