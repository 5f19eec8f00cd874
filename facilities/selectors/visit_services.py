"""The services for which a facility goes to families, under contracts that hold."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

from eligibility import engine
from facilities.models import Facility

from .offerings import offerings_in_force
from .versions import versions_of


def visit_services(facility: Facility, *, on: dt.date) -> tuple[engine.Service, ...]:
    """Of all municipalities, in the order of the lists; none where everybody comes to it."""
    return tuple(service for service in _services(facility, on) if service.kind is engine.ServiceKind.VISIT)


def only_visits(facility: Facility, *, on: dt.date) -> bool:
    """Whether nobody ever comes to it."""
    kinds = {service.kind for service in _services(facility, on)}
    return kinds == {engine.ServiceKind.VISIT}


def _services(facility: Facility, on: dt.date) -> Iterator[engine.Service]:
    versions = cache(versions_of)
    for row in offerings_in_force(on, facility=facility).order_by("pk"):
        yield versions(row.municipality_id).terms_of(row.service, on).service(row.service)
