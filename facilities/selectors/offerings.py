"""Where a mother may book by herself: what she was granted, at facilities whose contract holds."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from applications.public import Standing
from eligibility import engine
from facilities.models import Offering


def bookable_offerings(standing: Standing, *, on: dt.date) -> QuerySet[Offering]:
    """Granted services that parents book at a facility, in the order of the facility file."""
    return (
        offerings_in_force(on, municipality=standing.entitlement.municipality)
        .filter(service__in=[service.code for service in granted(standing, engine.ArrangedBy.FACILITY)])
        .select_related("facility", "contract")
        .order_by("facility_id", "pk")
    )


def offerings_in_force(on: dt.date, **where: Any) -> QuerySet[Offering]:
    """Offerings whose contract holds on a day, narrowed by `where`."""
    begun = Q(contract__starts_on__isnull=True) | Q(contract__starts_on__lte=on)
    going = Q(contract__ends_on__isnull=True) | Q(contract__ends_on__gte=on)
    return Offering.objects.filter(begun, going, **where)


def granted(standing: Standing, arranged_by: engine.ArrangedBy) -> list[engine.Service]:
    """The granted services of one way of booking that are open to such a family, in the programme's order."""
    return [
        service
        for service in standing.terms.services
        if service.code in standing.usable and service.arranged_by is arranged_by
    ]
